"""Memos: what was slow to find out, each under the digest of everything that it was made from."""

from __future__ import annotations

import sqlite3

from pivotgen.memory.seals import Sealer
from pivotgen.model.source import Digest

STATEMENTS = ("CREATE TABLE memos (key BLOB PRIMARY KEY, value BLOB)",)


class Memos:
    """Rows of `memos`."""

    def __init__(self, database: sqlite3.Connection, sealer: Sealer) -> None:
        self._database = database
        self._sealer = sealer
        # Keys that this build has looked at.
        self._used: set[Digest] = set()

    @staticmethod
    def create(database: sqlite3.Connection) -> None:
        """Make the table of a new ledger."""
        for statement in STATEMENTS:
            database.execute(statement)

    def delete_all(self) -> None:
        """Delete every memo."""
        self._database.execute("DELETE FROM memos")

    def use(self, key: Digest) -> bool:
        """Whether something is remembered under a key; it is kept, as if it had been recalled."""
        rows = self._database.execute("SELECT 1 FROM memos WHERE key = ?", (key,))
        if rows.fetchone() is None:
            return False
        self._used.add(key)
        return True

    def recall(self, key: Digest) -> bytes | None:
        """A value remembered under the digest of everything that it was made from."""
        rows = self._database.execute("SELECT value FROM memos WHERE key = ?", (key,))
        if (row := rows.fetchone()) is None:
            return None
        self._used.add(key)
        return self._sealer.unwrap(row[0], "memos", key)

    def remember(self, key: Digest, value: bytes) -> None:
        """Remember a value under the digest of everything that it was made from."""
        self._used.add(key)
        self._database.execute(
            "INSERT OR IGNORE INTO memos VALUES (?, ?)",
            (key, self._sealer.wrap(value, "memos", key)),
        )

    def retain(self) -> None:
        """Delete every memo that this build did not use and that no file was made from."""
        unused = [key for (key,) in self._database.execute("SELECT key FROM memos")]
        unused = [(key,) for key in unused if key not in self._used]
        if not unused:
            return
        # Asking all pages takes longer, and most builds use every memo.
        rows = self._database.execute("SELECT DISTINCT common FROM pages WHERE common NOT NULL")
        made_from = {common for (common,) in rows}
        unused = [(key,) for (key,) in unused if key not in made_from]
        self._database.executemany("DELETE FROM memos WHERE key = ?", unused)
