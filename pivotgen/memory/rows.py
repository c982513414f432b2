"""Rows: the rows of some keys."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

from pivotgen.memory.seals import ChecksumError

# Keys of one query. Python's connections keep each statement that was used lately, so there is one
# length for all but a few keys, and not a statement for each number of keys.
_TOGETHER, _FEW = 100, 2


class MissingRowError(ChecksumError):
    """A row of the ledger is gone that another row needs."""


def select_in(
    database: sqlite3.Connection, query: str, keys: Sequence[str] | Sequence[int]
) -> Iterator[tuple[Any, ...]]:
    """The rows of a query that has `IN (*)` where the keys belong, a hundred keys at a time.

    An ORDER BY of the query sorts the rows of each hundred.
    """
    length = _FEW if len(keys) <= _FEW else _TOGETHER
    statement = query.replace("(*)", f"({', '.join('?' * length)})")
    for start in range(0, len(keys), length):
        some = keys[start : start + length]
        # NULL is in no list.
        rows = database.execute(statement, [*some, *[None] * (length - len(some))])
        # All rows at once, so that no query stays open when the caller stops half way.
        yield from rows.fetchall()
