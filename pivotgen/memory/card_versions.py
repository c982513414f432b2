"""Card versions: which version of which card a page shows, in a few bytes."""

from __future__ import annotations

from pivotgen.model.source import Digest

# Bytes of a card's digest that a page remembers: enough to tell two versions of it apart.
_SHORT = 8
_NUMBER = 4
VERSION = _NUMBER + _SHORT


def version(number: int, digest: Digest) -> bytes:
    """Which source, and which version of it, in VERSION bytes."""
    return number.to_bytes(_NUMBER) + digest[:_SHORT]


def source_of(version: bytes) -> int:
    """The number of the source in a version."""
    return int.from_bytes(version[:_NUMBER])


def both(card: Digest, asked: Digest) -> Digest:
    """What changes with either digest."""
    mixed = int.from_bytes(card[:_SHORT]) ^ int.from_bytes(asked[:_SHORT])
    return mixed.to_bytes(_SHORT)
