"""Card cache: the cards that a process has in memory for the pages it renders."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from pivotgen.memory.inputs import Inputs
from pivotgen.memory.rows import MissingRowError
from pivotgen.model.view import Card

# Cards that are kept, about four kilobytes each. Pages that show the same cards are rendered one
# soon after another, so more would hardly ever be asked for.
_KEPT = 12_288


class CardCache:
    """Cards by the numbers of their files, fetched for many pages at once."""

    def __init__(self, inputs: Inputs, decode: Callable[[bytes], Card]) -> None:
        self._inputs = inputs
        self._decode = decode
        self._cards: dict[int, Card] = {}
        # Number and digest of each card, as one value.
        self.versions: dict[int, bytes] = {}

    def fetch(self, wanted: set[int]) -> None:
        """Have these in memory, and no more than a bounded number of others.

        MissingRowError when the ledger has lost one.
        """
        missing = wanted - self._cards.keys()
        if len(self._cards) + len(missing) > _KEPT:
            kept = wanted & self._cards.keys()
            self._cards = {number: self._cards[number] for number in kept}
            self.versions = {number: self.versions[number] for number in kept}
        for number, packed, version in self._inputs.cards(sorted(missing)):
            self._cards[number], self.versions[number] = self._decode(packed), version
        if wanted - self._cards.keys():
            raise MissingRowError("a card that a page shows is not in the ledger")

    def card(self, number: int) -> Card:
        """One of the fetched cards."""
        return self._cards[number]

    def cards(self, numbers: Iterable[int]) -> tuple[Card, ...]:
        """Some of the fetched cards."""
        return tuple([self._cards[number] for number in numbers])
