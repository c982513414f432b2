"""Rows: values of the ledger with a checksum, and the rows of some keys."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any
from zlib import crc32

_CHECKSUM = 4
# Keys of one query. Python's connections keep each statement that was used lately, so there is one
# length for all, and not a statement for each number of keys.
_TOGETHER = 100
_MARKS = ", ".join("?" * _TOGETHER)


class ChecksumError(Exception):
    """A value of the ledger is not the one that was stored."""


class MissingRowError(ChecksumError):
    """A row of the ledger is gone that another row needs."""


def with_checksum(data: bytes, beside: str = "") -> bytes:
    """The checksum, then the data; the checksum also covers what stands `beside` it in the row."""
    return crc32(data, crc32(beside.encode())).to_bytes(_CHECKSUM) + data


def checked(value: object, beside: str = "") -> bytes:
    """The data; ChecksumError when it, or what is beside it, is not what was stored.

    A damaged database may hold anything where such a value was.
    """
    data = value[_CHECKSUM:] if isinstance(value, bytes) else b""
    start = crc32(beside.encode()) if beside else 0
    if value != crc32(data, start).to_bytes(_CHECKSUM) + data:
        raise ChecksumError("a value of the ledger is damaged")
    return data


def select_in(
    database: sqlite3.Connection, query: str, keys: Sequence[str] | Sequence[int]
) -> Iterator[tuple[Any, ...]]:
    """The rows of a query that has `IN (*)` where the keys belong, a hundred keys at a time.

    An ORDER BY of the query sorts the rows of each hundred.
    """
    statement = query.replace("(*)", f"({_MARKS})")
    for start in range(0, len(keys), _TOGETHER):
        some = keys[start : start + _TOGETHER]
        # NULL is in no list.
        rows = database.execute(statement, [*some, *[None] * (_TOGETHER - len(some))])
        # All rows at once, so that no query stays open when the caller stops half way.
        yield from rows.fetchall()
