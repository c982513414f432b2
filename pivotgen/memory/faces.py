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

from pivotgen.memory.card_rows import CardRow, card_row, card_value, split_card
from pivotgen.memory.fingerprint import digest, digest_of
from pivotgen.memory.rows import MissingRowError, select_in
from pivotgen.memory.seals import Blocks, Sealer, as_bytes
from pivotgen.model.source import Digest

# The number of the first face; files have smaller ones.
FIRST = 1 << 31
_TABLES = """
CREATE TABLE faces (
    id INTEGER PRIMARY KEY, name TEXT UNIQUE, source INTEGER, made BLOB, card BLOB,
    asked BLOB, body BLOB);
CREATE TABLE face_cards (id INTEGER PRIMARY KEY, value BLOB);
CREATE TABLE face_bodies (id INTEGER PRIMARY KEY, value BLOB);
"""
STATEMENTS = tuple(statement.strip() for statement in _TABLES.split(";") if statement.strip())
_SEALED = "id, name, source, made, card, asked, body"
# What the seal of a part covers, besides the part.
_OF_PART = "name, card, asked, body"
# The faces of one language, by the start of their names.
_OF = "name >= ? AND name < ?"
_PARTS = ("face_cards", "face_bodies")


class Face(NamedTuple):
    """One face, packed."""

    name: str
    # The number of the source.
    source: int
    # The digest of all that it was made from.
    made: Digest
    # Of what it shows to others, and what it is looked up by; empty for a page of the site's own.
    card: bytes
    asked: bytes
    # Of its own page, and the digest of what that is made of; empty where nobody has translated
    # the text. It is long, so it is not hashed itself.
    body: bytes
    body_digest: Digest

    @property
    def digests(self) -> tuple[Digest, Digest, Digest]:
        """Those of the card, of what it is looked up by, and of the body; empty where it is."""
        return _digest(self.card), _digest(self.asked), self.body_digest

    @property
    def shown(self) -> bytes:
        """The card with what it is looked up by, as one value."""
        return card_value(self.card, self.asked) if self.card else b""


def _digest(packed: bytes) -> Digest:
    return digest(packed) if packed else b""


def _range(language: str) -> tuple[str, str]:
    # "0" is the sign behind the slash.
    return f"{language}/", f"{language}0"


# The number of a face, its name, and its digests.
_Place = tuple[int, str, Digest, Digest, Digest]


class FaceState(NamedTuple):
    """What is known of a face."""

    number: int
    source: int
    made: Digest
    card: Digest
    asked: Digest
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
            name: FaceState(number, source, made, card, asked, body)
            for block in self.blocks.checked()
            for number, name, source, made, card, asked, body in block
        }

    def store(self, faces: Sequence[Face]) -> None:
        """Store faces; a new one gets a number."""
        self.blocks.check()
        (last,) = self._database.execute("SELECT max(id) FROM faces").fetchone()
        number = max(last or 0, FIRST - 1)
        query = "SELECT name, id FROM faces WHERE name IN (*)"
        known = dict(select_in(self._database, query, [face.name for face in faces]))
        rows = []
        places: list[_Place] = []
        for face in faces:
            if face.name not in known:
                number += 1
                known[face.name] = number
            place = known[face.name], face.name, *face.digests
            places.append(place)
            rows.append((*place[:2], face.source, face.made, *place[2:]))
        query = "INSERT OR REPLACE INTO faces VALUES (?, ?, ?, ?, ?, ?, ?)"
        self._database.executemany(query, rows)
        for table in _PARTS:
            self._store_parts(table, faces, places)
        self.blocks.note(known.values())

    def _store_parts(self, table: str, faces: Sequence[Face], places: Sequence[_Place]) -> None:
        parts = [face.body if table == "face_bodies" else face.shown for face in faces]
        values = list(zip(places, parts, strict=True))
        self._database.executemany(
            f"DELETE FROM {table} WHERE id = ?", ((place[0],) for place, part in values if not part)
        )
        self._database.executemany(
            f"INSERT OR REPLACE INTO {table} VALUES (?, ?)",
            (
                (place[0], self._sealer.wrap(part, table, *place[1:]))
                for place, part in values
                if part
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

    def cards(self, numbers: Sequence[int]) -> Iterator[CardRow]:
        """Some cards, by their numbers."""
        query = (
            f"SELECT id, value, {_OF_PART} FROM faces JOIN face_cards USING (id) WHERE id IN (*)"
        )
        for number, value, *place in select_in(self._database, query, numbers):
            plain = self._sealer.unwrap(value, "face_cards", *place)
            yield card_row(number, plain, place[1], place[2])

    def asked(self, language: str) -> Iterator[bytes]:
        """What every pivot is looked up by in a language, packed."""
        query = f"SELECT value, {_OF_PART} FROM faces JOIN face_cards USING (id) WHERE {_OF}"
        for value, *place in self._database.execute(query, _range(language)):
            yield split_card(self._sealer.unwrap(value, "face_cards", *place))[1]

    def asked_key(self, language: str) -> Digest:
        """One digest of what all pivots are looked up by in a language."""
        query = f"SELECT id, asked FROM faces WHERE {_OF} AND asked != x'' ORDER BY id"
        return digest_of([as_bytes(self._database.execute(query, _range(language)).fetchall())])

    def digests(self) -> Iterator[tuple[int, Digest]]:
        """The digest of every card, by its number."""
        rows = self._database.execute("SELECT id, card FROM faces WHERE card != x'' ORDER BY id")
        yield from rows

    def asked_digests(self) -> Iterator[tuple[int, Digest, Digest]]:
        """The digests of every card and of what its pivot is looked up by, by number."""
        yield from self._database.execute("SELECT id, card, asked FROM faces WHERE card != x''")

    def bodies(self, names: Sequence[str]) -> dict[str, tuple[bytes, Digest]]:
        """The packed bodies of faces that have one, each with its digest, by name."""
        query = f"SELECT value, {_OF_PART} FROM faces JOIN face_bodies USING (id) WHERE name IN (*)"
        return {
            place[0]: (self._sealer.unwrap(value, "face_bodies", *place), place[3])
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
