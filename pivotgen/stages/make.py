"""Make: the stale files of a plan to their bytes, a batch at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pivotgen.engines.packing import pack, unpack
from pivotgen.memory.fingerprint import digest
from pivotgen.memory.ledger import Ledger
from pivotgen.memory.pages import Planned
from pivotgen.model.page import KINDS, Recipe
from pivotgen.model.problem import Problem
from pivotgen.model.setting import Batch, Setting
from pivotgen.model.source import Digest
from pivotgen.stages.compare import ties
from pivotgen.stages.crew import Crew

# Pages in one message to a worker.
_BATCH = 100


@dataclass(frozen=True, slots=True)
class Fresh:
    """A file as it should be now, and what it was made from."""

    planned: Planned
    data: bytes
    text: Digest | None
    ties: bytes
    reasons: bytes


# Cards that stay at hand between batches; about a kilobyte each.
_AT_HAND = 20_000


def make(
    stale: Sequence[tuple[int, tuple[str, ...]]],
    setting: Setting,
    site: Path,
    book: Ledger,
    crew: Crew,
) -> Iterator[Fresh | Problem]:
    """Every stale file (its id, and the reasons to make it), in order; or its layout's problem."""
    if not stale:
        return
    # Jinja is imported only when there is something to make.
    from pivotgen.stages.render import render

    cards = _Cards(book)
    starts = range(0, len(stale), _BATCH)
    batches = (_batch(stale[at : at + _BATCH], setting, site, book, cards) for at in starts)
    for waiting, results in crew.each(render, batches, len(stale)):
        for number, data in results:
            yield data if isinstance(data, Problem) else replace(waiting[number], data=data)


class _Cards:
    """Packed cards and their versions, fetched a batch at a time and kept for the next ones."""

    def __init__(self, book: Ledger) -> None:
        self._inputs = book.inputs
        self._kept: dict[str, tuple[bytes, bytes]] = {}

    def fetch(self, paths: Iterable[str]) -> dict[str, tuple[bytes, bytes]]:
        wanted = set(paths)
        if missing := sorted(wanted - self._kept.keys()):
            if len(self._kept) + len(missing) > _AT_HAND:
                self._kept = {path: self._kept[path] for path in wanted & self._kept.keys()}
            self._kept |= self._inputs.cards(missing)
        return {path: self._kept[path] for path in wanted if path in self._kept}


def _batch(
    stale: Sequence[tuple[int, tuple[str, ...]]],
    setting: Setting,
    site: Path,
    book: Ledger,
    cards: _Cards,
) -> tuple[Batch, dict[int, Fresh]]:
    """A message for a worker, and the files it is about, still without their bytes."""
    reasons = dict(stale)
    planned = book.pages.planned(list(reasons))
    recipes: dict[int, Recipe] = {one.id: unpack(KINDS[one.kind], one.recipe) for one in planned}
    shown = cards.fetch(path for recipe in recipes.values() for path in recipe.shows)
    versions = {path: version for path, (_, version) in shown.items()}
    texts = {one.source for one in planned if one.source}
    bodies = book.inputs.part("bodies", sorted(texts))
    for path in texts - set(bodies):
        bodies[path] = (site / path).read_bytes()
    waiting = {
        one.id: Fresh(
            planned=one,
            data=b"",
            text=digest(bodies[one.source]) if one.source else None,
            ties=ties(recipes[one.id], one.recipe, versions),
            reasons=pack(reasons[one.id]),
        )
        for one in planned
    }
    pages = tuple((one.id, one.kind, one.recipe) for one in planned)
    return Batch(setting, pages, {path: card for path, (card, _) in shown.items()}, bodies), waiting
