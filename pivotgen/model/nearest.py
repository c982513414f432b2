"""Nearest: which of many names a misspelt one may mean, in a time that does not grow with them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cached_property

# A longer word is no misspelling.
_LONGEST = 200
# So many names are compared as they are; of more, only those with the most pairs of letters of the
# word, among the names that have its rarest pairs.
_FEW, _LOOKED_AT, _COMPARED = 20, 6_000, 20


class Nearest:
    """Names that a misspelt word may mean. Nothing is done before the first word."""

    def __init__(self, names: Iterable[str]) -> None:
        self._given = names

    def to(self, word: str, count: int = 1, ratio: float = 0.5) -> list[str]:
        """Return at most `count` names, the most similar first; `ratio` is that of difflib."""
        return get_close_matches(word, self.likely(word), count, ratio)

    @cached_property
    def _names(self) -> list[str]:
        return sorted(name for name in self._given if len(name) <= _LONGEST)

    @cached_property
    def _by_pair(self) -> dict[str, list[int]]:
        index: defaultdict[str, list[int]] = defaultdict(list)
        for number, name in enumerate(self._names):
            for pair in _pairs(name):
                index[pair].append(number)
        return index

    def likely(self, word: str) -> list[str]:
        """Return the few names that are worth a comparison with the word."""
        if len(word) > _LONGEST:
            return []
        if len(self._names) <= _FEW:
            return self._names
        shared: Counter[int] = Counter()
        rows = [self._by_pair[pair] for pair in _pairs(word) if pair in self._by_pair]
        looked_at = 0
        for numbers in sorted(rows, key=len):
            if looked_at and looked_at + len(numbers) > _LOOKED_AT:
                break
            shared.update(numbers[:_LOOKED_AT])
            looked_at += len(numbers)
        best = sorted(shared, key=lambda number: (-shared[number], number))
        return [self._names[number] for number in best[:_COMPARED]]


def _pairs(word: str) -> set[str]:
    """Every two letters that stand beside each other, with the ends of the word."""
    text = f"\n{word}\n"
    return {text[at : at + 2] for at in range(len(text) - 1)}
