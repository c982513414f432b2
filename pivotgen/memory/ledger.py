"""The ledger: what one build tells the next, in one SQLite file that one build holds at a time.

1. Every value is plain data; nothing in it is ever run as code. It is sealed with a key that is not
   in the site's folder, and what another key sealed, or another site brought, is made anew. Every
   path is proven to stay inside before it is used.
2. A build announces each file before it writes the first byte of it, with an empty digest. So a
   killed build leaves no file without an owner. The digest follows when the file is on disk. A file
   that was only planned is not ours.
3. A missing or unfitting row means that a page is made again; it is never an error. A ledger that
   cannot be read is made anew, and then no file of public/ is known as ours.
4. Paths are relative to the site, so the ledger may move to another machine with the site, if the
   key is there too.
5. A worker that gets the ledger in a message reads the same file and cannot write to it. The build
   that holds the ledger writes nothing while workers read.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from pivotgen.disk.own_folder import own_folder
from pivotgen.memory.faces import Faces
from pivotgen.memory.fingerprint import engine
from pivotgen.memory.inputs import Inputs
from pivotgen.memory.key import LedgerKey, ledger_key
from pivotgen.memory.ledger_file import FILE, delete_ledger, held, ledger_file, read_only
from pivotgen.memory.memos import Memos
from pivotgen.memory.origin import SiteIdentity, claim, seal_whole
from pivotgen.memory.pages import Pages
from pivotgen.memory.seals import ChecksumError, Sealer
from pivotgen.memory.signature import clock
from pivotgen.memory.stored_cards import StoredCards

__all__ = ["BusyError", "DamagedError", "Ledger", "SiteIdentity", "delete_ledger", "open_ledger"]

# Errors that say that no file can be written here; they say nothing of the ledger's contents.
_NO_ROOM = (
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_READONLY,
)
# What a value that no build stored can lead to, anywhere, once its seal was right.
_UNFIT = (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError)


class BusyError(Exception):
    """Another build has held the ledger for longer than this one waits."""


class DamagedError(Exception):
    """The ledger holds something that no build of this version wrote."""


# One opening of one ledger file: the file, and a number that is another one each time.
Opening = tuple[Path, int]


class Ledger:
    """An open ledger, held by this build alone; or a read-only one, in another process."""

    def __init__(
        self,
        database: sqlite3.Connection,
        sealer: Sealer,
        opening: Opening,
        folder: Path | None = None,
    ) -> None:
        self._database = database
        self._sealer = sealer
        self.opening = opening
        # Where it lies, or None for one that is deleted at the end.
        self.folder = folder
        # Why no later process can read it, in words; "" when one can.
        self.key_fault = ""
        # Whether it holds nothing of an earlier build.
        self.is_new = False
        self.faces = Faces(database, sealer)
        self.inputs = Inputs(database, sealer, self.faces)
        self.cards = StoredCards(database, sealer, self.faces)
        self.memos = Memos(database, sealer)
        self.pages = Pages(database, sealer, self.faces)

    def __reduce__(self) -> tuple[Callable[[Opening, Sealer], Ledger], tuple[Opening, Sealer]]:
        return _read_only, (self.opening, self._sealer)

    def commit(self) -> None:
        """Keep everything stored so far, whatever happens next. Workers see only that."""
        if self._database.in_transaction:
            self.inputs.blocks.reseal()
            self.faces.blocks.reseal()
            self.pages.reseal()
            seal_whole(self._database, self._sealer)
        self._database.commit()

    def forget_sources(self) -> None:
        """Delete everything that is known of the sources, and what was found out from them."""
        self.inputs.delete_all()
        self.faces.delete_all()
        self.memos.delete_all()

    @property
    def now(self) -> int:
        """The time, in nanoseconds, of the file system that holds the ledger."""
        return clock(self.folder) if self.folder else time.time_ns()


@contextmanager
def open_ledger(folder: Path | None, site: SiteIdentity | None = None) -> Iterator[Ledger]:
    """Hold the ledger of `folder`; without a folder, an empty one that is deleted at the end.

    A ledger that another key sealed, or that is of another site, is made anew. BusyError when
    another build holds it for more than two minutes; DamagedError as soon as something unreadable
    is found; OSError when the folder cannot be written to, or is not ours.
    """
    is_new = False
    try:
        with ExitStack() as stack:
            if folder:
                own_folder(folder, site.folder if site else None)
                # Whether files can be written is seen here, and not in the middle of a build.
                clock(folder)
                file, key = ledger_file(folder), ledger_key(site.folder if site else None)
            else:
                brief = tempfile.TemporaryDirectory(prefix="pivotgen-")
                file = Path(stack.enter_context(brief)) / FILE
                key = LedgerKey(os.urandom(32))
            database = stack.enter_context(closing(held(file)))
            sealer, is_new = claim(database, key.key, site)
            ledger = Ledger(database, sealer, (file, time.monotonic_ns()), folder)
            ledger.key_fault, ledger.is_new = key.fault, is_new
            _forget_other_engine(database, ledger)
            ledger.commit()
            yield ledger
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
        if code == sqlite3.SQLITE_BUSY:
            raise BusyError from None
        if code in _NO_ROOM:
            raise OSError(0, str(error), str(folder / FILE) if folder else FILE) from None
        raise DamagedError(str(error)) from error
    except ChecksumError as error:
        raise DamagedError(str(error)) from error
    except _UNFIT as error:
        # Nothing in a new ledger comes from elsewhere, so there it is a fault of ours.
        if is_new:
            raise
        raise DamagedError(str(error)) from error


def _forget_other_engine(database: sqlite3.Connection, ledger: Ledger) -> None:
    made_by = database.execute("SELECT digest FROM engine").fetchone()
    if made_by != (engine(),):
        # With another pivotgen or other libraries, parsing may give another result.
        ledger.forget_sources()
        database.execute("DELETE FROM engine")
        database.execute("INSERT INTO engine VALUES (?)", (engine(),))


def _read_only(opening: Opening, sealer: Sealer) -> Ledger:
    return Ledger(read_only(opening[0]), sealer, opening)
