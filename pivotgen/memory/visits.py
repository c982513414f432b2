"""Visits: what addresses on other sites answered, so that the next check need not ask again.

A file that cannot be read is replaced by an empty one. Where no file can be written, the answers
are only kept in memory. Either way the only loss is a request that is sent twice.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from pivotgen.disk.own_folder import own_folder
from pivotgen.memory.key import ledger_key
from pivotgen.memory.ledger_file import clear_database
from pivotgen.memory.seals import Sealer
from pivotgen.model.answer import Answer

_FILE = "visits.sqlite"
# The number in the name changes with the columns, so that an older table is never read.
_TABLE = (
    "CREATE TABLE IF NOT EXISTS visits_2 "
    "(address TEXT PRIMARY KEY, until REAL, status INTEGER, fault TEXT, moved TEXT, seal BLOB)"
)


class Visits:
    """The open file of answers. All times are in seconds since 1970."""

    def __init__(self, database: sqlite3.Connection, sealer: Sealer) -> None:
        self._database = database
        self._sealer = sealer

    def recall(self, now: float) -> dict[str, Answer]:
        """Every answer that still counts at `now`, by address; all others are deleted."""
        self._database.execute("DELETE FROM visits_2 WHERE until <= ?", (now,))
        rows = self._database.execute("SELECT * FROM visits_2")
        # An answer that somebody else put there would hide a dead link.
        return {
            row[0]: Answer(*row[2:])
            for *row, sealed in rows
            if self._sealer.of(("visit", *row)) == sealed
        }

    def store(self, address: str, answer: Answer, until: float) -> None:
        """Keep an answer that counts up to `until`; it is on disk when this returns."""
        row = (address, until, answer.status, answer.fault, answer.moved)
        sealed = self._sealer.of(("visit", *row))
        self._database.execute(
            "INSERT OR REPLACE INTO visits_2 VALUES (?, ?, ?, ?, ?, ?)", (*row, sealed)
        )


@contextmanager
def open_visits(folder: Path) -> Iterator[Visits]:
    """The visits in `folder`, which is created if it is missing. No failure of a disk or of the
    file raises an error here."""
    try:
        own_folder(folder, folder.parent)
        clear_database(folder / _FILE)
        database = _open(str(folder / _FILE))
    except (OSError, sqlite3.Error):
        try:
            (folder / _FILE).unlink(missing_ok=True)
            database = _open(str(folder / _FILE))
        except (OSError, sqlite3.Error):
            database = _open(":memory:")
    with closing(database):
        yield Visits(database, Sealer(ledger_key(folder.parent).key))


def _open(name: str) -> sqlite3.Connection:
    database = sqlite3.connect(name, timeout=10, isolation_level=None)
    try:
        database.execute(_TABLE)
        # This reads a page of the table, so that a damaged file is noticed now.
        database.execute("DELETE FROM visits_2 WHERE until < 0")
    except sqlite3.Error:
        database.close()
        raise
    return database
