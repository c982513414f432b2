"""Seals: what the ledger holds is what a build of this user stored there.

A ledger may come from elsewhere: from a cache of a shared runner, or with somebody's folder. So all
that it says is sealed with a key that is not in the site's folder. Large values are sealed each by
itself, together with the place where they belong. The other columns are sealed in blocks of rows,
and one seal covers the seals of all blocks. So a build that reads every row hashes a few blocks,
and a build that changes one row seals one block.
"""

from __future__ import annotations

import marshal
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from typing import Any

from pivotgen.disk.inside import all_inside

_BYTES = 16
# Rows of one block have numbers that are the same but for these last bits.
_BITS = 8
_TABLE = """
CREATE TABLE blocks (name TEXT, number INTEGER, seal BLOB, PRIMARY KEY (name, number))
    WITHOUT ROWID;
"""
STATEMENTS = tuple(statement.strip() for statement in _TABLE.split(";") if statement.strip())


class ChecksumError(Exception):
    """A value of the ledger is not the one that was stored."""


def prove_inside(paths: Iterable[str]) -> None:
    """ChecksumError when one of these paths could lead out of the folder that it is relative to.

    A seal says who wrote a path, and not that it is harmless.
    """
    if not all_inside(paths):
        raise ChecksumError("a path in the ledger leads out of its folder")


def as_bytes(value: Any) -> bytes:
    """A plain value as bytes that no other value has; they are hashed and never read."""
    # Unlike later ones, this version of the format writes equal values as equal bytes.
    return marshal.dumps(value, 2)


class Sealer:
    """Seals values with one key. The key is never shown: neither `repr` nor a message has it."""

    __slots__ = ("_key", "_start")

    def __init__(self, key: bytes) -> None:
        self._key = key
        # A copy of a hash that was started is quicker than a new one.
        self._start = blake2b(key=key, digest_size=_BYTES)

    def __reduce__(self) -> tuple[type[Sealer], tuple[bytes]]:
        # A worker gets the key in memory, as part of a message.
        return Sealer, (self._key,)

    def of(self, value: Any) -> bytes:
        """The seal of a plain value: numbers, texts, bytes, and tuples and lists of them."""
        hashed = self._start.copy()
        hashed.update(as_bytes(value))
        return hashed.digest()

    def wrap(self, data: bytes, *place: object) -> bytes:
        """The seal of the data and of the place in the ledger where it belongs, then the data."""
        return self._of_data(data, place) + data

    def unwrap(self, value: object, *place: object) -> bytes:
        """The data; ChecksumError when it is not what was stored in this place.

        A ledger from elsewhere may hold anything where such a value was.
        """
        if isinstance(value, bytes):
            data = value[_BYTES:]
            if value[:_BYTES] == self._of_data(data, place):
                return data
        raise ChecksumError("a value of the ledger is damaged")

    def _of_data(self, data: bytes, place: Any) -> bytes:
        hashed = self._start.copy()
        # The bytes of a tuple say where they end, so the data follows as it is.
        hashed.update(marshal.dumps(place, 2) + data)
        return hashed.digest()


class Blocks:
    """The seals of some rows of one table, by the numbers of the rows."""

    def __init__(
        self, database: sqlite3.Connection, sealer: Sealer, columns: str, table: str, root: str = ""
    ) -> None:
        """The first of the columns is `id`, and the second is a text that no two rows share.

        With a `root`, only rows of that folder count.
        """
        self._database = database
        self._sealer = sealer
        self._name = f"{table} {root}"
        # The plus has SQLite go by the numbers, and not through all rows of a root each time.
        where = "WHERE +root = ?3 AND" if root else "WHERE ?3 = '' AND"
        self._rows = f"SELECT {columns} FROM {table} {where} id BETWEEN ?1 AND ?2 ORDER BY id"
        of_root = "WHERE root = ?" if root else ""
        text = columns.split(", ")[1]
        self._index = (
            f"SELECT {text}, id FROM {table} INDEXED BY sqlite_autoindex_{table}_1 {of_root} "
            f"ORDER BY {text}"
        )
        self._root = root
        self._changed: set[int] = set()
        self.is_checked = False

    @staticmethod
    def create(database: sqlite3.Connection) -> None:
        """Make the table of a new ledger."""
        for statement in STATEMENTS:
            database.execute(statement)

    def note(self, numbers: Iterable[int]) -> None:
        """Note rows that were added, changed or deleted."""
        self._changed.update({number >> _BITS for number in numbers})

    def note_deleted(self) -> None:
        """Note that all rows were deleted."""
        self._changed.clear()
        self._database.execute("DELETE FROM blocks WHERE name = ?", (self._name,))
        self.is_checked = True

    def checked(self) -> Iterator[list[tuple[Any, ...]]]:
        """Every row, a block at a time; ChecksumError when one is not what was stored.

        Rows that were checked are not checked again: since then only this build has changed them.
        """
        self.reseal()
        seals = self._database.execute(
            "SELECT number, seal FROM blocks WHERE name = ? ORDER BY number", (self._name,)
        )
        if self.is_checked:
            for number, _ in seals.fetchall():
                yield self._block(number)
            return
        numbers: dict[str, int] = {}
        for number, sealed in seals.fetchall():
            rows = self._block(number)
            if not rows or self._sealer.of((self._name, number, rows)) != sealed:
                raise ChecksumError("rows of the ledger are damaged")
            texts = [row[1] for row in rows]
            prove_inside(texts)
            numbers.update(zip(texts, [row[0] for row in rows], strict=True))
            yield rows
        self._check_index(numbers)
        self.is_checked = True

    def _check_index(self, numbers: dict[str, int]) -> None:
        """See that SQLite gets to these rows, and to no others, by their texts.

        It keeps those in an index beside the table, which no seal covers.
        """
        root = [self._root] * bool(self._root)
        index = self._database.execute(self._index, root).fetchall()
        texts = [text for text, _ in index]
        if len(texts) != len(numbers) or dict(index) != numbers or texts != sorted(texts):
            raise ChecksumError("the ledger has rows that no build stored, or lacks some")

    def check(self) -> None:
        """Check every row, unless that was done. Whoever changes rows does it before."""
        if not self.is_checked:
            for _ in self.checked():
                pass

    def reseal(self) -> None:
        """Seal the noted blocks, all of which were checked before they changed."""
        changed, self._changed = self._changed, set()
        for number in changed:
            if rows := self._block(number):
                row = (self._name, number, self._sealer.of((self._name, number, rows)))
                self._database.execute("INSERT OR REPLACE INTO blocks VALUES (?, ?, ?)", row)
            else:
                self._database.execute(
                    "DELETE FROM blocks WHERE name = ? AND number = ?", (self._name, number)
                )

    def _block(self, number: int) -> list[tuple[Any, ...]]:
        first = number << _BITS
        last = first + (1 << _BITS) - 1
        return self._database.execute(self._rows, (first, last, self._root)).fetchall()


def all_blocks(database: sqlite3.Connection) -> Sequence[tuple[Any, ...]]:
    """The seals of all blocks, for the seal of the whole ledger."""
    return database.execute("SELECT * FROM blocks ORDER BY name, number").fetchall()
