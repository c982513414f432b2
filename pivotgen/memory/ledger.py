"""The ledger: which files of each folder built into are ours, with the digest of each.

A missing, foreign or damaged ledger means that nothing is known to be ours: nothing is removed
and everything is written again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

_FILE = "ledger.sqlite"
_VERSION = 2


def load(folder: Path, root: str) -> dict[str, str]:
    """Output path to digest, as the last build into `root` recorded them."""
    try:
        with closing(_open(folder)) as database:
            (version,) = database.execute("PRAGMA user_version").fetchone()
            if version != _VERSION:
                return {}
            rows = "SELECT path, digest FROM outputs WHERE root = ?"
            return dict(database.execute(rows, (root,)))
    except sqlite3.Error:
        return {}


def save(folder: Path, root: str, outputs: Mapping[str, str]) -> None:
    """Record what `root` holds now; called only after the files are on disk."""
    folder.mkdir(exist_ok=True)
    try:
        _fill(folder, root, outputs)
    except sqlite3.DatabaseError:
        # Not a ledger of ours: made anew.
        (folder / _FILE).unlink(missing_ok=True)
        _fill(folder, root, outputs)


def _fill(folder: Path, root: str, outputs: Mapping[str, str]) -> None:
    with closing(_open(folder)) as database, database:
        (version,) = database.execute("PRAGMA user_version").fetchone()
        if version != _VERSION:
            database.execute("DROP TABLE IF EXISTS outputs")
            database.execute(
                "CREATE TABLE outputs (root TEXT, path TEXT, digest TEXT, PRIMARY KEY (root, path))"
            )
            database.execute(f"PRAGMA user_version = {_VERSION}")
        database.execute("DELETE FROM outputs WHERE root = ?", (root,))
        rows = ((root, path, digest) for path, digest in sorted(outputs.items()))
        database.executemany("INSERT INTO outputs VALUES (?, ?, ?)", rows)


def _open(folder: Path) -> sqlite3.Connection:
    return sqlite3.connect(folder / _FILE)
