"""Render all: the stale files of a plan, a batch at a time, each to where it waits."""

from __future__ import annotations

from pivotgen.model.cluster import ClusterError
from pivotgen.model.problem import Problem
from pivotgen.model.render_context import RenderContext
from pivotgen.model.shared_inputs import SharedInputs
from pivotgen.stages.context import BuildContext, Comparison
from pivotgen.stages.shared.render_context import render_context
from pivotgen.stages.write.staging import StagedFiles, open_staging


def render_all(
    build: BuildContext, shared: SharedInputs, comparison: Comparison
) -> tuple[StagedFiles, list[Problem]]:
    """Every stale file, staged; and the problems of layouts, of each kind the
    one with the first message in the order of the alphabet.

    When the build writes nothing, it only shows whether all files can be rendered. OSError when
    there is no room, or no right to write; then nothing waits.
    """
    staging = None
    if build.into:
        staging = open_staging(
            build.into,
            build.memory,
            write_all=build.options.clean,
            sidecars=shared.sidecars,
        )
    files = StagedFiles(staging)
    # Workers see what is committed; nothing is stored while they read.
    build.ledger.commit()
    try:
        problems = _render(build, render_context(shared, comparison.feeds), comparison, files)
    except (ClusterError, OSError):
        # Whoever makes room on the disk needs the room that these files take.
        files.discard()
        raise
    return files, problems


def _render(
    build: BuildContext, context: RenderContext, comparison: Comparison, files: StagedFiles
) -> list[Problem]:
    problems: dict[tuple[str, int, str], Problem] = {}
    stale = [number for number, _ in comparison.stale]
    if not stale:
        return []
    # Jinja is imported only when there is something to render.
    from pivotgen.stages.render.batches import FarBatches, NearBatches, stays
    from pivotgen.stages.render.render_batch import render_batch

    kind = FarBatches if build.pool.is_far else NearBatches
    batches = kind(build, context, files.staging, comparison.store)
    done = 0
    for part, rendered in build.pool.map(render_batch, batches.of(stale), len(stale), stays):
        files.add(batches.staged(part, rendered))
        for problem in rendered.problems:
            cause = problem.message.partition(" (")[0]
            # Builds render in different orders, and all of them must name the same page.
            key = (problem.path, problem.line, cause)
            if key not in problems or problem.message < problems[key].message:
                problems[key] = problem
        done += len(part)
        build.options.progress("rendering", done, len(stale))
    return [problems[key] for key in sorted(problems)]
