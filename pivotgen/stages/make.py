"""Make: the stale files of a plan, a batch at a time, each to where it waits to be published."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from pivotgen.engines.packing import unpack
from pivotgen.memory.ledger import Ledger
from pivotgen.model.problem import Problem
from pivotgen.model.setting import Place, Setting
from pivotgen.stages.crew import Crew
from pivotgen.stages.stage import Staged

# Pages in one message to a worker: many at first, because pages that are near each other show the
# same cards; at the end a small share of what is left, so that all workers end together.
_MOST, _LEAST = 400, 25
_SHARE = 8


class Waiting:
    """Everything that was staged, in the order of the plan; packed, so that a large site's fits."""

    def __init__(self) -> None:
        self._batches: list[bytes] = []

    def add(self, batch: bytes) -> None:
        self._batches.append(batch)

    def __iter__(self) -> Iterator[Staged]:
        for batch in self._batches:
            yield from unpack(tuple[Staged, ...], batch)


def make(
    stale: Sequence[int],
    setting: Setting,
    site: Path,
    book: Ledger,
    crew: Crew,
    place: Place | None,
    progress: Callable[[int], None],
) -> tuple[Waiting, list[Problem]]:
    """Every stale file, by its id, staged; and the problems of layouts, of each kind the first.

    The ledger must not change meanwhile, because workers look into it. Without a place nothing is
    written. `progress` is told how many have been seen to. OSError when there is no room or no
    right to write.
    """
    waiting = Waiting()
    problems: dict[tuple[str, int, str], Problem] = {}
    if not stale:
        return waiting, []
    # Jinja is imported only when there is something to make.
    from pivotgen.stages.produce import Batch, produce

    parts = _parts(stale, crew.workers)
    batches = ((Batch(setting, book, site, part, place), len(part)) for part in parts)
    done = 0
    for count, (staged, found) in crew.each(produce, batches, len(stale)):
        waiting.add(staged)
        for one in found:
            problems.setdefault((one.path, one.line, one.message.partition(" (")[0]), one)
        done += count
        progress(done)
    return waiting, list(problems.values())


def _parts(stale: Sequence[int], workers: int) -> Iterator[tuple[int, ...]]:
    at = 0
    while at < len(stale):
        size = max(_LEAST, min(_MOST, (len(stale) - at) // (workers * _SHARE)))
        yield tuple(stale[at : at + size])
        at += size
