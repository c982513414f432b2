"""Visits: what addresses on other sites answered, so that the next check need not ask again.

A memory that cannot be read is made anew, and one that cannot be kept is done without: either
way the only loss is a question asked twice.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from pivotgen.model.answer import Answer

_FILE = "visits.sqlite"
_TABLE = (
    "CREATE TABLE IF NOT EXISTS visits_1 "
    "(address TEXT PRIMARY KEY, until REAL, status INTEGER, fault TEXT, moved TEXT)"
)


class Visits:
    """Open memory of answers; times are seconds since 1970."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def recall(self, now: float) -> dict[str, Answer]:
        """Every answer that still holds at `now`, by address; the others are forgotten."""
        self._database.execute("DELETE FROM visits_1 WHERE until <= ?", (now,))
        rows = self._database.execute("SELECT address, status, fault, moved FROM visits_1")
        return {address: Answer(*answer) for address, *answer in rows}

    def store(self, address: str, answer: Answer, until: float) -> None:
        """Remember an answer until then; it is on disk when this returns."""
        row = (address, until, answer.status, answer.fault, answer.moved)
        self._database.execute("INSERT OR REPLACE INTO visits_1 VALUES (?, ?, ?, ?, ?)", row)


@contextmanager
def open_visits(folder: Path) -> Iterator[Visits]:
    """The visits kept in `folder`, made when there are none. Raises nothing of its own."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        database = _database(str(folder / _FILE))
    except (OSError, sqlite3.Error):
        try:
            (folder / _FILE).unlink(missing_ok=True)
            database = _database(str(folder / _FILE))
        except (OSError, sqlite3.Error):
            database = _database(":memory:")
    with closing(database):
        yield Visits(database)


def _database(name: str) -> sqlite3.Connection:
    database = sqlite3.connect(name, timeout=10, isolation_level=None)
    try:
        database.execute(_TABLE)
        # Reads a page of the table, so that damage shows now.
        database.execute("DELETE FROM visits_1 WHERE until < 0")
    except sqlite3.Error:
        database.close()
        raise
    return database
