"""The ledger's file: opened, held, and refused where it is none of ours.

A file from elsewhere may be made to do harm by itself: as a link, as a second name of another file,
with a journal that names a file to be deleted, or with triggers among its tables.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from pivotgen.disk.own_folder import own_file
from pivotgen.memory import faces, inputs, memos, origin, page_rows, seals
from pivotgen.memory.faces import Faces
from pivotgen.memory.inputs import Inputs
from pivotgen.memory.memos import Memos
from pivotgen.memory.pages import Pages
from pivotgen.memory.seals import Blocks

FILE = "ledger.sqlite"
_VERSION = 10
# Seconds that one build waits for another.
_PATIENCE = 120.0
# The end of a journal that names another journal, which SQLite then reads and may delete. Ours is
# never part of a transaction over several files, so it names none.
_NAMES_ANOTHER = bytes.fromhex("d9d505f920a163d7")
_SCHEMA = frozenset(
    (
        *inputs.STATEMENTS,
        *faces.STATEMENTS,
        *memos.STATEMENTS,
        *page_rows.STATEMENTS,
        *seals.STATEMENTS,
        *origin.STATEMENTS,
    )
)


def ledger_file(folder: Path) -> Path:
    """The file of the ledger in a folder, cleared of what is not to be opened there."""
    file = (folder / FILE).absolute()
    clear_database(file)
    return file


def clear_database(file: Path) -> None:
    """Delete what is not to be opened as an SQLite file, and beside it. OSError if that fails."""
    # These two belong to a mode of SQLite that no build uses.
    for other in ("-wal", "-shm"):
        Path(f"{file}{other}").unlink(missing_ok=True)
    journal = Path(f"{file}-journal")
    for path in (file, journal):
        own_file(path)
    if _end(journal) == _NAMES_ANOTHER:
        file.unlink(missing_ok=True)
        journal.unlink()


def delete_ledger(folder: Path) -> None:
    """Delete the ledger of `folder`."""
    for file in folder.glob(f"{FILE}*"):
        file.unlink()


def read_only(file: Path) -> sqlite3.Connection:
    """A ledger as a worker sees it, for as long as it stays open where it is held."""
    # The build holds the lock and writes nothing meanwhile, so no lock is needed here.
    return sqlite3.connect(f"{file.as_uri()}?immutable=1", uri=True)


def held(file: Path) -> sqlite3.Connection:
    """The ledger, which this process holds alone until it is closed. What it says is not checked.

    DatabaseError when it is none that a build of this version made.
    """
    database = sqlite3.connect(file, timeout=_PATIENCE)
    try:
        # A crash of the machine may lose the rows of the last build; then its pages are made again.
        database.execute("PRAGMA synchronous = OFF")
        # Nothing in the file may call functions, and no damaged page is read past its end.
        database.execute("PRAGMA trusted_schema = OFF")
        database.execute("PRAGMA cell_size_check = ON")
        # The lock is kept from here to the end, across transactions. It is requested in the normal
        # mode, which releases a partial lock while it waits; otherwise two builds that hold partial
        # locks would wait for each other for ever.
        database.execute("BEGIN EXCLUSIVE")
        database.execute("PRAGMA locking_mode = EXCLUSIVE")
        (version,) = database.execute("PRAGMA user_version").fetchone()
        if version not in (0, _VERSION):
            raise sqlite3.DatabaseError(f"this is a ledger of version {version}, not {_VERSION}")
        if version == 0:
            database.execute(f"PRAGMA user_version = {_VERSION}")
            creates = (Inputs.create, Faces.create, Memos.create, Pages.create, Blocks.create)
            for create in (*creates, origin.create):
                create(database)
        _refuse_other_schema(database)
    except UnicodeDecodeError as error:
        # SQLite quotes damaged names in its messages, and Python cannot decode them.
        database.close()
        raise sqlite3.DatabaseError("the ledger holds bytes that are no text") from error
    except BaseException:
        database.close()
        raise
    return database


def _refuse_other_schema(database: sqlite3.Connection) -> None:
    """DatabaseError when the file has other tables than ours, a view or a trigger."""
    rows = database.execute("SELECT type, sql FROM sqlite_master").fetchall()
    # Indexes that SQLite adds by itself have no text.
    others = [row for row in rows if row[1] is not None or row[0] != "index"]
    if {text for _, text in others} != _SCHEMA or len(others) != len(_SCHEMA):
        raise sqlite3.DatabaseError("the ledger has other tables than ours")


def _end(file: Path) -> bytes:
    try:
        with file.open("rb") as reader:
            reader.seek(-min(len(_NAMES_ANOTHER), os.fstat(reader.fileno()).st_size), os.SEEK_END)
            return reader.read()
    except FileNotFoundError:
        return b""
