"""The ledger: which files of each folder built into are ours, with the digest of each.

One build at a time holds it, so a second one waits. What a build is about to write is recorded
before its first byte, with no digest; so a build that was killed leaves nothing that nobody owns.
A missing, foreign, future or damaged ledger means that nothing is known: nothing is removed, and
everything is made again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

_FILE = "ledger.sqlite"
_VERSION = 3
# What stops any file from being written here, the ledger's contents aside.
_NO_ROOM = (
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_READONLY,
)
# Seconds that one build waits for another.
_PATIENCE = 120.0


class BusyError(Exception):
    """Another build has held the ledger for longer than we wait."""


class Ledger:
    """An open ledger, held by this build alone; `root` names the folder built into."""

    def __init__(self, database: sqlite3.Connection, renewed: bool) -> None:
        self._database = database
        # Whether an unreadable ledger was replaced.
        self.renewed = renewed

    def known(self, root: str) -> dict[str, str]:
        """Output path to digest; "" for a file that an unfinished build was to write."""
        rows = "SELECT path, digest FROM outputs WHERE root = ?"
        return dict(self._database.execute(rows, (root,)))

    def announce(self, root: str, paths: Iterable[str]) -> None:
        """Record that these files will be written; from here on they are ours."""
        rows = ((root, path) for path in paths)
        with self._database:
            self._database.executemany("INSERT OR REPLACE INTO outputs VALUES (?, ?, '')", rows)

    def settle(self, root: str, outputs: Mapping[str, str]) -> None:
        """Record what `root` holds now; called only after the files are on disk."""
        rows = ((root, path, digest) for path, digest in sorted(outputs.items()))
        with self._database:
            self._database.execute("DELETE FROM outputs WHERE root = ?", (root,))
            self._database.executemany("INSERT INTO outputs VALUES (?, ?, ?)", rows)


@contextmanager
def opened(folder: Path) -> Iterator[Ledger]:
    """Hold the ledger of `folder`; BusyError when another build does not let go of it.

    OSError when the folder cannot be written to.
    """
    folder.mkdir(parents=True, exist_ok=True)
    file, renewed = folder / _FILE, False
    try:
        database = _held(file)
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
        if code == sqlite3.SQLITE_BUSY:
            raise BusyError from None
        if code in _NO_ROOM:
            raise OSError(f"{file.name}: {error}") from None
        # Not a ledger of ours, or a damaged one: made anew.
        renewed = True
        file.unlink()
        database = _held(file)
    with closing(database):
        yield Ledger(database, renewed)


def _held(file: Path) -> sqlite3.Connection:
    database = sqlite3.connect(file, timeout=_PATIENCE)
    try:
        # Keeps the lock from the first write to the end, across transactions.
        database.execute("PRAGMA locking_mode = EXCLUSIVE")
        database.execute("BEGIN EXCLUSIVE")
        (version,) = database.execute("PRAGMA user_version").fetchone()
        if version != _VERSION:
            database.execute("DROP TABLE IF EXISTS outputs")
            database.execute(f"PRAGMA user_version = {_VERSION}")
        database.execute(
            "CREATE TABLE IF NOT EXISTS outputs "
            "(root TEXT, path TEXT, digest TEXT, PRIMARY KEY (root, path))"
        )
        database.commit()
        (said,) = database.execute("PRAGMA quick_check(1)").fetchone()
        if said != "ok":
            raise sqlite3.DatabaseError(said)
    except BaseException:
        database.close()
        raise
    return database
