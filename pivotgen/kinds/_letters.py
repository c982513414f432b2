"""Numbers as letters, five bits in each: what the finder's files and its script count with."""

from __future__ import annotations

from collections.abc import Iterable

# Each letter is five bits of a number, the lowest first; the second half says that more follow.
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def in_letters(number: int) -> str:
    """One number."""
    text = ""
    while number > 31:
        text += _LETTERS[32 + (number & 31)]
        number >>= 5
    return text + _LETTERS[number]


def gaps_in_letters(numbers: Iterable[int]) -> str:
    """Rising numbers by how many are left out before each."""
    gaps, last = [], -1
    for number in numbers:
        gap = number - last - 1
        gaps.append(_LETTERS[gap] if gap < 32 else in_letters(gap))
        last = number
    return "".join(gaps)
