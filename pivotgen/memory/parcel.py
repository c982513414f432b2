"""Parcel: what some pages are made from, taken along to a worker that does not see the ledger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pivotgen.memory.card_rows import CardRow
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.page import PlannedPage


@dataclass(frozen=True, slots=True)
class ParcelPages:
    """Planned pages, as the ledger has them."""

    rows: tuple[PlannedPage, ...]

    def planned(self, ids: Sequence[int]) -> Iterator[PlannedPage]:
        """All of them, which are those that are asked for."""
        return iter(self.rows)


@dataclass(frozen=True, slots=True)
class ParcelCards:
    """Cards, as the ledger has them."""

    rows: tuple[CardRow, ...]

    def cards(self, numbers: Sequence[int]) -> Iterator[CardRow]:
        """Those of these numbers."""
        wanted = frozenset(numbers)
        return (row for row in self.rows if row.number in wanted)

    def asked(self, language: str) -> Iterator[bytes]:
        """What all pivots are looked up by is nothing that travels."""
        raise NotImplementedError("files made from all pivots are made where the ledger is")


@dataclass(frozen=True, slots=True)
class Parcel:
    """Pages with the cards that they show; workers ask it as they ask the ledger."""

    # Of the build that sends it: cards keep their numbers for as long as that lasts.
    opening: str
    pages: ParcelPages
    cards: ParcelCards
