"""Faces: what other pages and its own page show of a text in another language than the site's own.

A face is made from the parts of a source, those of its translation where there is one, and the
names of the language. It has a number of its own, above all numbers of files, so that recipes,
versions and the cache of cards hold faces as they hold cards. A face that comes out the same keeps
its version, so a name that changes reaches only the pages that show it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pivotgen.memory.rows import MissingRowError, select_in
from pivotgen.memory.seals import Blocks, Sealer
from pivotgen.model.source import Digest

# The number of the first face; files have smaller ones.
FIRST = 1 << 31
_TABLES = """
CREATE TABLE faces (
    id INTEGER PRIMARY KEY, name TEXT UNIQUE, source INTEGER, made BLOB, card BLOB, body BLOB);
CREATE TABLE face_cards (id INTEGER PRIMARY KEY, value BLOB);
CREATE TABLE face_bodies (id INTEGER PRIMARY KEY, value BLOB);
"""
STATEMENTS = tuple(statement.strip() for statement in _TABLES.split(";") if statement.strip())
_SEALED = "id, name, source, made, card, body"
_PARTS = ("face_cards", "face_bodies")


class Face(NamedTuple):
    """One face, packed."""

    name: str
    # The number of the source.
    source: int
    # The digest of all that it was made from.
    made: Digest
    # Of what it shows to others; empty for a page of the site's own, which shows nothing.
    card: bytes
    # Of its own page; empty where nobody has translated the text.
    body: bytes


class FaceState(NamedTuple):
    """What is known of a face."""

    number: int
    source: int
    made: Digest
    card: Digest
    body: Digest


def face_name(language: str, path: str) -> str:
    """The name of the face of a source in a language."""
    return f"{language}/{path}"


class Faces:
    """Rows of `faces`, and the packed parts of each."""

    def __init__(self, database: sqlite3.Connection, sealer: Sealer) -> None:
        self._database = database
        self._sealer = sealer
        self.blocks = Blocks(database, sealer, _SEALED, "faces")

    @staticmethod
    def create(database: sqlite3.Connection) -> None:
        """Make the tables of a new ledger."""
        for statement in STATEMENTS:
            database.execute(statement)

    @property
    def any(self) -> bool:
        """Whether there is any face."""
        return self._database.execute("SELECT 1 FROM faces LIMIT 1").fetchone() is not None

    def delete_all(self) -> None:
        """Delete every face."""
        for table in ("faces", *_PARTS):
            self._database.execute(f"DELETE FROM {table}")
        self.blocks.note_deleted()

    def states(self) -> dict[str, FaceState]:
        """What is known of every face, by name."""
        return {
            name: FaceState(number, source, made, card, body)
            for block in self.blocks.checked()
            for number, name, source, made, card, body in block
        }

    def store(self, faces: Sequence[tuple[Face, Digest, Digest]]) -> None:
        """Store faces, each with the digests of its card and of its body."""
        self.blocks.check()
        (last,) = self._database.execute("SELECT max(id) FROM faces").fetchone()
        number = max(last or 0, FIRST - 1)
        rows, numbers = [], []
        names = [face.name for face, _, _ in faces]
        query = "SELECT name, id FROM faces WHERE name IN (*)"
        known = dict(select_in(self._database, query, names))
        for face, card, body in faces:
            if face.name not in known:
                number += 1
                known[face.name] = number
            numbers.append(known[face.name])
            rows.append((known[face.name], face.name, face.source, face.made, card, body))
        self._database.executemany("INSERT OR REPLACE INTO faces VALUES (?, ?, ?, ?, ?, ?)", rows)
        for table in _PARTS:
            self._store_parts(table, [face for face, _, _ in faces], rows)
        self.blocks.note(numbers)

    def _store_parts(
        self,
        table: str,
        faces: Sequence[Face],
        rows: Sequence[tuple[int, str, int, bytes, bytes, bytes]],
    ) -> None:
        field = {"face_cards": "card", "face_bodies": "body"}[table]
        pairs = [(row, getattr(face, field)) for face, row in zip(faces, rows, strict=True)]
        self._database.executemany(
            f"DELETE FROM {table} WHERE id = ?", ((row[0],) for row, value in pairs if not value)
        )
        self._database.executemany(
            f"INSERT OR REPLACE INTO {table} VALUES (?, ?)",
            (
                (row[0], self._sealer.wrap(value, table, row[1], row[4], row[5]))
                for row, value in pairs
                if value
            ),
        )

    def touch(self, rows: Iterable[tuple[str, Digest]]) -> None:
        """Record what faces were made from, by name, where they came out the same."""
        self.blocks.check()
        made = [(digest, name) for name, digest in rows]
        self._database.executemany("UPDATE faces SET made = ? WHERE name = ?", made)
        self._note([name for _, name in made])

    def delete(self, names: Sequence[str]) -> None:
        """Delete faces whose source or language is gone."""
        self.blocks.check()
        self._note(names)
        rows = [(name,) for name in names]
        for table in _PARTS:
            self._database.executemany(
                f"DELETE FROM {table} WHERE id = (SELECT id FROM faces WHERE name = ?)", rows
            )
        self._database.executemany("DELETE FROM faces WHERE name = ?", rows)

    def _note(self, names: Sequence[str]) -> None:
        query = "SELECT id FROM faces WHERE name IN (*)"
        self.blocks.note(number for (number,) in select_in(self._database, query, names))

    def cards(self, numbers: Sequence[int]) -> Iterator[tuple[int, bytes, Digest]]:
        """Some cards, by their numbers: number, packed card, and its digest."""
        query = (
            "SELECT id, value, name, card, body FROM faces JOIN face_cards USING (id) "
            "WHERE id IN (*)"
        )
        for number, value, *place in select_in(self._database, query, numbers):
            yield number, self._sealer.unwrap(value, "face_cards", *place), place[1]

    def digests(self) -> Iterator[tuple[int, Digest]]:
        """The digest of every card, by its number."""
        rows = self._database.execute("SELECT id, card FROM faces WHERE card != x'' ORDER BY id")
        yield from rows

    def bodies(self, names: Sequence[str]) -> dict[str, tuple[bytes, Digest]]:
        """The packed bodies of faces that have one, each with its digest, by name."""
        query = (
            "SELECT value, name, card, body FROM faces JOIN face_bodies USING (id) "
            "WHERE name IN (*)"
        )
        return {
            place[0]: (self._sealer.unwrap(value, "face_bodies", *place), place[2])
            for value, *place in select_in(self._database, query, names)
        }

    def body_digests(self) -> dict[str, Digest]:
        """The digest of the body of every face that has one, by name."""
        rows = self._database.execute("SELECT name, body FROM faces WHERE body != x''")
        return dict(rows.fetchall())

    def source_of(self, number: int) -> tuple[str, int]:
        """The language and the source of a face. MissingRowError when there is none."""
        rows = self._database.execute("SELECT name, source FROM faces WHERE id = ?", (number,))
        row = rows.fetchone()
        if row is None:
            raise MissingRowError("a face is not in the ledger")
        return row[0].partition("/")[0], int(row[1])
