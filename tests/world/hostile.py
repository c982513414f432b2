"""A ledger from somebody else: changed rows, sealed anew with their key or with the user's."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from hashlib import blake2b, sha256
from pathlib import Path

from pivotgen.memory.faces import Faces
from pivotgen.memory.inputs import Inputs
from pivotgen.memory.key import ledger_key
from pivotgen.memory.origin import seal_whole
from pivotgen.memory.pages import Pages
from pivotgen.memory.seals import Sealer

STRANGER = b"a key that somebody else has".ljust(32)
_SEAL_BYTES = 16
# The large values of a page, each with the columns that its seal covers beside it.
_LARGE = {
    "recipe": ("'recipe'", "plan, output, kind, language, source"),
    "shown_versions": ("'shown'", "output, common, text, digest, reasons"),
}

Change = Callable[[sqlite3.Connection], object]


def change_ledger(folder: Path, change: Change, *, key: bytes | None = None) -> None:
    """Change the ledger of a folder of memory, and seal all of it with a key: the user's, or one
    that is given."""
    with closing(sqlite3.connect(folder / "ledger.sqlite")) as database:
        change(database)
        seal_ledger(database, key or ledger_key().key)
        database.commit()


def seal_ledger(database: sqlite3.Connection, key: bytes) -> None:
    """Sealer all that a ledger says, as a build with this key would."""
    number, *site = database.execute("SELECT id, folder, address FROM origin").fetchone()
    sealed = Sealer(key).of(("origin", number, *site))
    database.execute("UPDATE origin SET seal = ?", (sealed,))
    sealer = Sealer(blake2b(number, key=key, digest_size=32).digest())
    for table in ("facts", "cards", "bodies", "prose"):
        _seal_values(
            database,
            sealer,
            f"SELECT t.rowid, value, '{table}', path, s.facts, s.card, s.asked, s.body "
            f"FROM {table} t JOIN sources s USING (id)",
            f"UPDATE {table} SET value = ? WHERE rowid = ?",
        )
    for table in ("face_cards", "face_bodies"):
        _seal_values(
            database,
            sealer,
            f"SELECT t.rowid, value, '{table}', name, f.card, f.body "
            f"FROM {table} t JOIN faces f USING (id)",
            f"UPDATE {table} SET value = ? WHERE rowid = ?",
        )
    _seal_values(
        database,
        sealer,
        "SELECT rowid, value, 'memos', key FROM memos",
        "UPDATE memos SET value = ? WHERE rowid = ?",
    )
    for column, (name, beside) in _LARGE.items():
        _seal_values(
            database,
            sealer,
            f"SELECT id, {column}, {name}, {beside} FROM pages",
            f"UPDATE pages SET {column} = ? WHERE id = ?",
        )
    _seal_blocks(database, sealer)


def _seal_blocks(database: sqlite3.Connection, sealer: Sealer) -> None:
    database.execute("DELETE FROM blocks")
    faces = Faces(database, sealer)
    blocks = [Inputs(database, sealer, faces).blocks, faces.blocks]
    tables = ("sources", "faces")
    numbers = [database.execute(f"SELECT id FROM {table}").fetchall() for table in tables]
    pages = Pages(database, sealer, faces)
    for (root,) in database.execute(
        "SELECT DISTINCT root FROM pages WHERE root NOT NULL"
    ).fetchall():
        blocks.append(pages.blocks(root))
        numbers.append(database.execute("SELECT id FROM pages WHERE root = ?", (root,)).fetchall())
    for block, ids in zip(blocks, numbers, strict=True):
        block.is_checked = True
        block.note(number for (number,) in ids)
        block.reseal()
    seal_whole(database, sealer)


def _seal_values(database: sqlite3.Connection, sealer: Sealer, query: str, update: str) -> None:
    for number, value, *place in database.execute(query).fetchall():
        if isinstance(value, bytes):
            database.execute(update, (sealer.wrap(value[_SEAL_BYTES:], *place), number))


def unsealed(data: bytes) -> bytes:
    """A large value in the form in which a change of the ledger gives it: its seal comes later."""
    return bytes(_SEAL_BYTES) + data


Listing = dict[str, tuple[object, ...]]


def listing(folder: Path, without: Sequence[Path] = ()) -> Listing:
    """Everything in a folder, without some folders in it: kind, mode, size, time and digest."""
    entries: Listing = {}
    for inside, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if Path(inside, name) not in without]
        for name in (*folders, *names):
            file = Path(inside, name)
            stat = file.lstat()
            entry: tuple[object, ...] = (stat.st_mode, stat.st_uid, stat.st_ino)
            if file.is_symlink():
                entry += (os.readlink(file),)
            elif file.is_file():
                text = sha256(file.read_bytes()).hexdigest()
                entry += (stat.st_size, stat.st_mtime_ns, stat.st_nlink, text)
            entries[str(file)] = entry
    return entries
