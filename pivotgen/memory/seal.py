"""Seal: bytes with a checksum in front, so that a damaged ledger is noticed and not believed."""

from __future__ import annotations

from zlib import crc32

_BYTES = 4


class ChecksumError(Exception):
    """The bytes are not the ones that were sealed."""


def seal(data: bytes) -> bytes:
    """The checksum, then the data."""
    return crc32(data).to_bytes(_BYTES) + data


def unseal(sealed: object) -> bytes:
    """The data; ChecksumError when it is not what was sealed, whatever a damaged file gives."""
    if not isinstance(sealed, bytes):
        raise ChecksumError("a value of the ledger is missing")
    data = sealed[_BYTES:]
    if crc32(data).to_bytes(_BYTES) != sealed[:_BYTES]:
        raise ChecksumError("a value of the ledger is damaged")
    return data
