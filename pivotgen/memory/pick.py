"""Pick: the rows of some keys, however many those are."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

# Keys of one query. SQLite's connections in Python keep every statement that was asked for lately,
# so there is one of each, of one length, and not as many as there are numbers of keys.
_TOGETHER = 100
_MARKS = ", ".join("?" * _TOGETHER)


def pick(
    database: sqlite3.Connection, query: str, keys: Sequence[str] | Sequence[int]
) -> Iterator[tuple[Any, ...]]:
    """The rows of a query that has `IN (*)` where the keys belong, for a hundred keys after
    another. It may sort the rows of each hundred."""
    statement = query.replace("(*)", f"({_MARKS})")
    for start in range(0, len(keys), _TOGETHER):
        some = keys[start : start + _TOGETHER]
        # NULL is in no list.
        rows = database.execute(statement, [*some, *[None] * (_TOGETHER - len(some))])
        # At once, so that no question stays open when the caller stops half way.
        yield from rows.fetchall()
