"""Render all: the stale files of a plan, a batch at a time, each to where it waits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pivotgen.model.problem import Problem
from pivotgen.model.render_context import RenderContext
from pivotgen.model.shared_inputs import SharedInputs
from pivotgen.stages.context import BuildContext, Comparison
from pivotgen.stages.shared.render_context import render_context
from pivotgen.stages.write.staging import StagedFiles, open_staging

# Pages in one message to a worker: many at first, because pages that are near each other show the
# same cards; at the end a small share of what is left, so that all workers end together.
_MOST, _LEAST = 1_600, 25
_SHARE = 8


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
    except OSError:
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
    from pivotgen.stages.render.render_batch import Batch, render_batch

    parts = _parts(stale, build.pool.workers)
    shared = (context, build.ledger, build.places)
    batches = ((Batch(*shared, part, files.staging), len(part)) for part in parts)
    done = 0
    for count, (staged, faults) in build.pool.map(render_batch, batches, len(stale)):
        files.add(staged)
        for problem in faults:
            cause = problem.message.partition(" (")[0]
            # Builds render in different orders, and all of them must name the same page.
            key = (problem.path, problem.line, cause)
            if key not in problems or problem.message < problems[key].message:
                problems[key] = problem
        done += count
        build.options.progress("rendering", done, len(stale))
    return [problems[key] for key in sorted(problems)]


def _parts(stale: Sequence[int], workers: int) -> Iterator[tuple[int, ...]]:
    at = 0
    while at < len(stale):
        size = max(_LEAST, min(_MOST, (len(stale) - at) // (workers * _SHARE)))
        yield tuple(stale[at : at + size])
        at += size
