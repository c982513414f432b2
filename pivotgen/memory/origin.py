"""Origin: whose ledger this is: which user's, and which site's."""

from __future__ import annotations

import os
import sqlite3
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from pivotgen.memory.seals import ChecksumError, Sealer, all_blocks

_TABLES = """
CREATE TABLE origin (id BLOB, folder TEXT, address TEXT, seal BLOB);
CREATE TABLE engine (digest BLOB);
CREATE TABLE whole (seal BLOB);
"""
STATEMENTS = tuple(statement.strip() for statement in _TABLES.split(";") if statement.strip())
_ID_BYTES, _KEY_BYTES = 16, 32
# The tables of which the seal of the whole covers every row by itself.
_SMALL = ("roots", "parsed_as", "engine")


class SiteIdentity(NamedTuple):
    """By what a site is known again: where it is, and what it is called. Either may change."""

    folder: Path
    address: str


def create(database: sqlite3.Connection) -> None:
    """Make the tables of a new ledger."""
    for statement in STATEMENTS:
        database.execute(statement)


def claim(
    database: sqlite3.Connection, key: bytes, site: SiteIdentity | None
) -> tuple[Sealer, bool]:
    """The seal of a ledger that is held, and whether it is new.

    What another key sealed, or another site brought, is deleted. Without a `site` the ledger may be
    that of any. ChecksumError when the ledger is ours and was changed by somebody else.
    """
    own = Sealer(key)
    row = before = _origin(database, own)
    is_known = row is not None and (
        site is None or row[1] == str(site.folder) or row[2] == site.address
    )
    if row is None or not is_known:
        _delete_all(database)
        row = (os.urandom(_ID_BYTES), "", "")
    if site:
        row = (row[0], str(site.folder), site.address)
    if row != before:
        database.execute("DELETE FROM origin")
        sealed = (*row, own.of(("origin", *row)))
        database.execute("INSERT INTO origin VALUES (?, ?, ?, ?)", sealed)
    # Each ledger has a key of its own, so that no row fits into another one.
    sealer = Sealer(blake2b(row[0], key=key, digest_size=_KEY_BYTES).digest())
    if is_known and database.execute("SELECT * FROM whole").fetchall() != [
        (_whole(database, sealer),)
    ]:
        raise ChecksumError("the ledger was changed by somebody else")
    return sealer, not is_known


def seal_whole(database: sqlite3.Connection, sealer: Sealer) -> None:
    """Seal all that the ledger says now; the blocks of its tables are sealed before."""
    sealed = [(_whole(database, sealer),)]
    # A build that changes nothing leaves the file as it is.
    if database.execute("SELECT * FROM whole").fetchall() != sealed:
        database.execute("DELETE FROM whole")
        database.executemany("INSERT INTO whole VALUES (?)", sealed)


def _origin(database: sqlite3.Connection, own: Sealer) -> tuple[bytes, str, str] | None:
    """Number, folder and name, if this key sealed them."""
    rows = database.execute("SELECT id, folder, address, seal FROM origin LIMIT 2").fetchall()
    if len(rows) != 1:
        return None
    number, folder, address, sealed = rows[0]
    return (number, folder, address) if own.of(("origin", *rows[0][:3])) == sealed else None


def _whole(database: sqlite3.Connection, sealer: Sealer) -> bytes:
    small = [(name, database.execute(f"SELECT * FROM {name}").fetchall()) for name in _SMALL]
    return sealer.of(("whole", small, all_blocks(database)))


def _delete_all(database: sqlite3.Connection) -> None:
    tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    for (name,) in tables:
        database.execute(f"DELETE FROM {name}")
