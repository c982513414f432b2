"""Files in the words of a sentence."""

from __future__ import annotations

from collections.abc import Sequence


def counted(number: int) -> str:
    """How many files: "1 file" or "2 files"."""
    return "1 file" if number == 1 else f"{number} files"


def few(paths: Sequence[str]) -> str:
    """The first five paths, and how many there are beyond them."""
    more = f" and {len(paths) - 5} more" if len(paths) > 5 else ""
    return f"{', '.join(paths[:5])}{more}"
