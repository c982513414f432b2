"""The ledger: what one build tells the next, in one SQLite file that one build holds at a time.

1. Every value is plain data with a checksum; nothing in it is ever run as code.
2. A build announces each file before it writes the first byte of it, with an empty digest. So a
   killed build leaves no file without an owner. The digest follows when the file is on disk. A file
   that was only planned is not ours.
3. A missing or unfitting row means that a page is made again; it is never an error. A ledger that
   cannot be read is made anew, and then no file of public/ is known as ours.
4. Paths are relative to the site, so the ledger may move to another machine with the site.
5. A worker that gets the ledger in a message reads the same file and cannot write to it. The build
   that holds the ledger writes nothing while workers read.
"""

from __future__ import annotations

import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from pivotgen.memory.fingerprint import engine
from pivotgen.memory.inputs import Inputs
from pivotgen.memory.pages import Pages
from pivotgen.memory.rows import ChecksumError
from pivotgen.memory.signature import clock

_FILE = "ledger.sqlite"
_VERSION = 7
# Errors that say that no file can be written here; they say nothing of the ledger's contents.
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
    """Another build has held the ledger for longer than this one waits."""


class DamagedError(Exception):
    """The ledger holds something that no build of this version wrote."""


# One opening of one ledger file: the file, and a number that is another one each time.
Opening = tuple[Path, int]


class Ledger:
    """An open ledger, held by this build alone; or a read-only one, in another process."""

    def __init__(
        self, database: sqlite3.Connection, opening: Opening, folder: Path | None = None
    ) -> None:
        self._database = database
        self.opening = opening
        # Where it lies, or None for one that is deleted at the end.
        self.folder = folder
        self.inputs = Inputs(database)
        self.pages = Pages(database)

    def __reduce__(self) -> tuple[Callable[[Path, int], Ledger], Opening]:
        return _read_only, self.opening

    def commit(self) -> None:
        """Keep everything stored so far, whatever happens next. Workers see only that."""
        self._database.commit()

    @property
    def now(self) -> int:
        """The time, in nanoseconds, of the file system that holds the ledger."""
        return clock(self.folder) if self.folder else time.time_ns()


@contextmanager
def open_ledger(folder: Path | None) -> Iterator[Ledger]:
    """Hold the ledger of `folder`; without a folder, an empty one that is deleted at the end.

    BusyError when another build holds it for more than two minutes; DamagedError as soon as
    something unreadable is found; OSError when the folder cannot be written to.
    """
    try:
        with ExitStack() as stack:
            if folder:
                folder.mkdir(parents=True, exist_ok=True)
                # Whether files can be written is seen here, and not in the middle of a build.
                clock(folder)
                file = (folder / _FILE).absolute()
            else:
                brief = tempfile.TemporaryDirectory(prefix="pivotgen-")
                file = Path(stack.enter_context(brief)) / _FILE
            database = stack.enter_context(closing(_held(file)))
            yield Ledger(database, (file, time.monotonic_ns()), folder)
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
        if code == sqlite3.SQLITE_BUSY:
            raise BusyError from None
        if code in _NO_ROOM:
            raise OSError(0, str(error), str(folder / _FILE) if folder else _FILE) from None
        raise DamagedError(str(error)) from error
    except ChecksumError as error:
        raise DamagedError(str(error)) from error


def delete_ledger(folder: Path) -> None:
    """Delete the ledger of `folder`."""
    for file in folder.glob(f"{_FILE}*"):
        file.unlink()


def _read_only(file: Path, number: int) -> Ledger:
    """A ledger as a worker sees it, for as long as it stays open where it is held."""
    # The build holds the lock and writes nothing meanwhile, so no lock is needed here.
    database = sqlite3.connect(f"{file.as_uri()}?immutable=1", uri=True)
    return Ledger(database, (file, number))


def _held(file: Path) -> sqlite3.Connection:
    database = sqlite3.connect(file, timeout=_PATIENCE)
    try:
        # A crash of the machine may lose the rows of the last build; then its pages are made again.
        database.execute("PRAGMA synchronous = OFF")
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
            Inputs.create(database)
            Pages.create(database)
            database.execute("CREATE TABLE engine (digest BLOB)")
        made_by = database.execute("SELECT digest FROM engine").fetchone()
        if made_by != (engine(),):
            # With another pivotgen or other libraries, parsing may give another result.
            Inputs(database).delete_all()
            database.execute("DELETE FROM engine")
            database.execute("INSERT INTO engine VALUES (?)", (engine(),))
        database.commit()
    except UnicodeDecodeError as error:
        # SQLite quotes damaged names in its messages, and Python cannot decode them.
        database.close()
        raise sqlite3.DatabaseError("the ledger holds bytes that are no text") from error
    except BaseException:
        database.close()
        raise
    return database
