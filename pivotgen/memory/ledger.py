"""The ledger: which files in public/ are ours, with the digest of what we wrote.

A missing, foreign or damaged ledger means that nothing is known to be ours: nothing is removed
and everything is written again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path

_VERSION = 1


def load(folder: Path) -> dict[str, str]:
    """Output path to digest, as the last build recorded them."""
    try:
        with _open(folder) as database:
            (version,) = database.execute("PRAGMA user_version").fetchone()
            if version != _VERSION:
                return {}
            return dict(database.execute("SELECT path, digest FROM outputs"))
    except sqlite3.Error:
        return {}


def save(folder: Path, outputs: Mapping[str, str]) -> None:
    """Record what public/ holds now; called only after the files are on disk."""
    folder.mkdir(exist_ok=True)
    file = folder / "ledger.sqlite"
    try:
        _fill(folder, outputs)
    except sqlite3.DatabaseError:
        # Not a ledger of ours: made anew.
        file.unlink(missing_ok=True)
        _fill(folder, outputs)


def _fill(folder: Path, outputs: Mapping[str, str]) -> None:
    with _open(folder) as database:
        database.execute("DROP TABLE IF EXISTS outputs")
        database.execute("CREATE TABLE outputs (path TEXT PRIMARY KEY, digest TEXT NOT NULL)")
        database.executemany("INSERT INTO outputs VALUES (?, ?)", sorted(outputs.items()))
        database.execute(f"PRAGMA user_version = {_VERSION}")


def _open(folder: Path) -> sqlite3.Connection:
    return sqlite3.connect(folder / "ledger.sqlite")
