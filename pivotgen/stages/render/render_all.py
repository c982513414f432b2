"""Render all: the stale files of a plan, a batch at a time, each to where it waits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pivotgen.engines.packing import unpack
from pivotgen.model.problem import Problem
from pivotgen.model.render_context import RenderContext, StagingArea
from pivotgen.stages.context import BuildContext
from pivotgen.stages.write.staging import StagedFile

# Pages in one message to a worker: many at first, because pages that are near each other show the
# same cards; at the end a small share of what is left, so that all workers end together.
_MOST, _LEAST = 400, 25
_SHARE = 8


class StagedFiles:
    """All that was staged, in the order of the plan; packed, so that a large site's fits."""

    def __init__(self) -> None:
        self._batches: list[bytes] = []

    def add(self, batch: bytes) -> None:
        """Keep the packed files of one batch."""
        self._batches.append(batch)

    def __iter__(self) -> Iterator[StagedFile]:
        for batch in self._batches:
            yield from unpack(tuple[StagedFile, ...], batch)


def render_all(
    build: BuildContext,
    context: RenderContext,
    stale: Sequence[int],
    staging: StagingArea | None,
) -> tuple[StagedFiles, list[Problem]]:
    """Every stale file, by its id, staged; and the problems of layouts, of each kind the first.

    The ledger must not change meanwhile, because workers look into it. Without a staging area
    nothing is written. OSError when there is no room, or no right to write.
    """
    files = StagedFiles()
    problems: dict[tuple[str, int, str], Problem] = {}
    if not stale:
        return files, []
    # Jinja is imported only when there is something to render.
    from pivotgen.stages.render.render_batch import Batch, render_batch

    parts = _parts(stale, build.pool.workers)
    batches = (
        (Batch(context, build.ledger, build.site, part, staging), len(part)) for part in parts
    )
    done = 0
    for count, (staged, faults) in build.pool.map(render_batch, batches, len(stale)):
        files.add(staged)
        for problem in faults:
            cause = problem.message.partition(" (")[0]
            problems.setdefault((problem.path, problem.line, cause), problem)
        done += count
        build.options.progress("rendering", done, len(stale))
    return files, list(problems.values())


def _parts(stale: Sequence[int], workers: int) -> Iterator[tuple[int, ...]]:
    at = 0
    while at < len(stale):
        size = max(_LEAST, min(_MOST, (len(stale) - at) // (workers * _SHARE)))
        yield tuple(stale[at : at + size])
        at += size
