"""Seal: bytes with a checksum in front, so that a damaged ledger is noticed and not believed."""

from __future__ import annotations

from zlib import crc32

_BYTES = 4


class ChecksumError(Exception):
    """The bytes are not the ones that were sealed."""


def seal(data: bytes, beside: str = "") -> bytes:
    """The checksum, then the data; the checksum is also one of what stands `beside` it."""
    return crc32(data, crc32(beside.encode())).to_bytes(_BYTES) + data


def unseal(sealed: object, beside: str = "") -> bytes:
    """The data; ChecksumError when it, or what is beside it, is not what was sealed.

    A damaged database may hold anything where a sealed value was.
    """
    data = sealed[_BYTES:] if isinstance(sealed, bytes) else b""
    start = crc32(beside.encode()) if beside else 0
    if sealed != crc32(data, start).to_bytes(_BYTES) + data:
        raise ChecksumError("a value of the ledger is damaged")
    return data
