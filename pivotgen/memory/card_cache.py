"""Card cache: the cards that a process has in memory for the pages it renders."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple, Protocol, TypeVar

from pivotgen.memory.card_rows import CardRow
from pivotgen.memory.rows import MissingRowError
from pivotgen.model.view import Asked, Card

T = TypeVar("T")

# Cards that are kept, about four kilobytes each. Pages that show the same cards are rendered one
# soon after another, so more would hardly ever be asked for.
_KEPT = 12_288


class CardSource(Protocol):
    """Where cards come from."""

    def cards(self, numbers: Sequence[int]) -> Iterable[CardRow]: ...
    def asked(self, language: str) -> Iterable[bytes]: ...


class Decoders(NamedTuple):
    """How the packed parts of pivots are read."""

    card: Callable[[bytes], Card]
    asked: Callable[[bytes], Asked]


class CardCache:
    """Cards by the numbers of their files, fetched for many pages at once."""

    def __init__(self, source: CardSource, decoders: Decoders) -> None:
        self._source = source
        self._decoders = decoders
        self._cards: dict[int, Card] = {}
        # Number and digest of each card, as one value.
        self.versions: dict[int, bytes] = {}
        # What each pivot is looked up by, packed, and the version of both.
        self._asked: dict[int, bytes] = {}
        self.asked_versions: dict[int, bytes] = {}
        # What was made of all pivots, by the function that made it and its arguments.
        self._made: dict[tuple[Any, ...], Any] = {}

    def supply(self, source: CardSource) -> None:
        """Fetch from there from now on; cards have the same numbers there."""
        self._source = source

    def fetch(self, wanted: set[int]) -> None:
        """Have these in memory, and no more than a bounded number of others.

        MissingRowError when the ledger has lost one.
        """
        missing = wanted - self._cards.keys()
        if len(self._cards) + len(missing) > _KEPT:
            kept = wanted & self._cards.keys()
            for known in (self._cards, self.versions, self._asked, self.asked_versions):
                for number in known.keys() - kept:
                    del known[number]
        for row in self._source.cards(sorted(missing)):
            number = row.number
            self._cards[number], self.versions[number] = self._decoders.card(row.card), row.version
            self._asked[number], self.asked_versions[number] = row.asked, row.asked_version
        if wanted - self._cards.keys():
            raise MissingRowError("a card that a page shows is not in the ledger")

    def card(self, number: int) -> Card:
        """One of the fetched cards."""
        return self._cards[number]

    def cards(self, numbers: Iterable[int]) -> tuple[Card, ...]:
        """Some of the fetched cards."""
        return tuple([self._cards[number] for number in numbers])

    def asked(self, numbers: Iterable[int]) -> tuple[Asked, ...]:
        """What some of those pivots are looked up by."""
        return tuple([self._decoders.asked(self._asked[number]) for number in numbers])

    def all_asked(self, language: str) -> Iterator[Asked]:
        """What all pivots are looked up by, drafts included; none of it stays in memory.

        The language is "" for the site's own.
        """
        return map(self._decoders.asked, self._source.asked(language))

    def made_of_all(self, language: str, combine: Callable[..., T], *arguments: object) -> T:
        """What a function makes of `all_asked` and these arguments, made once for all files."""
        key = language, combine, *arguments
        if key not in self._made:
            self._made[key] = combine(self.all_asked(language), *arguments)
        made: T = self._made[key]
        return made
