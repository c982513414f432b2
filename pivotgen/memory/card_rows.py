"""Card rows: a card, and what its pivot is looked up by, in one value of the ledger.

Both are read together more often than not, and two rows cost more than one.
"""

from __future__ import annotations

from typing import NamedTuple

from pivotgen.memory.card_versions import both, version
from pivotgen.model.source import Digest

# Bytes of the length of a card.
_LENGTH = 4


class CardRow(NamedTuple):
    """A card and what its pivot is looked up by, both packed."""

    number: int
    card: bytes
    asked: bytes
    # Number and digest of the card, as one value; and the same of both.
    version: bytes
    asked_version: bytes


def card_value(card: bytes, asked: bytes) -> bytes:
    """Both as one value, with the length of the card in front."""
    return len(card).to_bytes(_LENGTH) + card + asked


def split_card(value: bytes) -> tuple[bytes, bytes]:
    """The card in a value, and what its pivot is looked up by."""
    end = _LENGTH + int.from_bytes(value[:_LENGTH])
    return value[_LENGTH:end], value[end:]


def card_row(number: int, value: bytes, card: Digest, asked: Digest) -> CardRow:
    """The row of a value, with the digests of its card and of what the pivot is looked up by."""
    parts = split_card(value)
    return CardRow(number, *parts, version(number, card), version(number, both(card, asked)))
