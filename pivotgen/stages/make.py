"""Make: the stale files of a plan, a batch at a time, each to where it waits to be published."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from pivotgen.engines.packing import pack, unpack
from pivotgen.memory.fingerprint import digest
from pivotgen.memory.ledger import Ledger
from pivotgen.model.page import KINDS, Recipe
from pivotgen.model.problem import Problem
from pivotgen.model.setting import Batch, Place, Setting
from pivotgen.stages.compare import ties
from pivotgen.stages.crew import Crew
from pivotgen.stages.stage import Staged

# Pages in one message to a worker.
_BATCH = 100


# Cards that stay at hand between batches; about a kilobyte each.
_AT_HAND = 20_000


def make(
    stale: Sequence[tuple[int, tuple[str, ...]]],
    setting: Setting,
    site: Path,
    book: Ledger,
    crew: Crew,
    place: Place | None,
) -> Iterator[Staged | Problem]:
    """Every stale file (its id, and the reasons to make it), in order; or its layout's problem.

    Without a place nothing is written. OSError when there is no room or no right to write.
    """
    if not stale:
        return
    # Jinja is imported only when there is something to make.
    from pivotgen.stages.produce import produce

    cards = _Cards(book)
    starts = range(0, len(stale), _BATCH)
    batches = (_batch(stale[at : at + _BATCH], setting, site, book, cards, place) for at in starts)
    for waiting, results in crew.each(produce, batches, len(stale)):
        for number, made in results:
            if isinstance(made, Problem):
                yield made
            else:
                yield waiting[number]._replace(digest=made[0], written=made[1])


class _Cards:
    """Packed cards and their versions, fetched a batch at a time and kept for the next ones."""

    def __init__(self, book: Ledger) -> None:
        self._inputs = book.inputs
        self._packed: dict[str, bytes] = {}
        # Of every card that is at hand, by path.
        self.versions: dict[str, bytes] = {}

    def fetch(self, wanted: set[str]) -> dict[str, bytes]:
        """The packed cards of these content files, apart from those that have none."""
        if missing := wanted - self._packed.keys():
            if len(self._packed) + len(missing) > _AT_HAND:
                self._packed, self.versions, missing = {}, {}, wanted
            for path, packed, version in self._inputs.cards(sorted(missing)):
                self._packed[path], self.versions[path] = packed, version
        return {path: self._packed[path] for path in wanted if path in self._packed}


def _batch(
    stale: Sequence[tuple[int, tuple[str, ...]]],
    setting: Setting,
    site: Path,
    book: Ledger,
    cards: _Cards,
    place: Place | None,
) -> tuple[Batch, dict[int, Staged]]:
    """A message for a worker, and what is known already of the files it is about."""
    reasons = dict(stale)
    planned = book.pages.planned(list(reasons))
    recipes: dict[int, Recipe] = {one.id: unpack(KINDS[one.kind], one.recipe) for one in planned}
    shown = cards.fetch({path for recipe in recipes.values() for path in recipe.shows})
    texts = {one.source for one in planned if one.source}
    bodies = book.inputs.part("bodies", sorted(texts))
    for path in texts - set(bodies):
        bodies[path] = (site / path).read_bytes()
    waiting = {
        one.id: Staged(
            id=one.id,
            output=one.output,
            kind=one.kind,
            text=digest(bodies[one.source]) if one.source else None,
            ties=ties(recipes[one.id], one.recipe, cards.versions),
            reasons=pack(reasons[one.id]),
        )
        for one in planned
    }
    return Batch(setting, tuple(planned), shown, bodies, place), waiting
