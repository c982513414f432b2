"""Stock: the cards that a process has at hand for the pages it makes."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from pivotgen.engines.packing import unpack
from pivotgen.memory.inputs import Inputs
from pivotgen.model.view import Card

# Cards that are kept, about three kilobytes each: pages that show the same ones are made one soon
# after another, and hardly ever are so many between them.
_KEPT = 16_384

_card = partial(unpack, Card)


class Stock:
    """Cards by the numbers of their files, fetched for many pages at once."""

    def __init__(self, inputs: Inputs) -> None:
        self._inputs = inputs
        self._cards: dict[int, Card] = {}
        # Which card it is, and its digest.
        self.versions: dict[int, bytes] = {}

    def fetch(self, wanted: set[int]) -> None:
        """Have these at hand, and no more than a bounded number of others."""
        missing = wanted - self._cards.keys()
        if len(self._cards) + len(missing) > _KEPT:
            kept = wanted & self._cards.keys()
            self._cards = {number: self._cards[number] for number in kept}
            self.versions = {number: self.versions[number] for number in kept}
        for number, packed, version in self._inputs.cards(sorted(missing)):
            self._cards[number], self.versions[number] = _card(packed), version

    def card(self, number: int) -> Card:
        """One of those that are at hand."""
        return self._cards[number]

    def cards(self, numbers: Iterable[int]) -> tuple[Card, ...]:
        """Some of those that are at hand."""
        return tuple([self._cards[number] for number in numbers])
