"""Inputs: what the ledger knows of the site's sources, and what parsing made of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pivotgen.memory.card_rows import card_value
from pivotgen.memory.faces import FIRST, Faces
from pivotgen.memory.fingerprint import digest_of
from pivotgen.memory.rows import MissingRowError, select_in
from pivotgen.memory.seals import Blocks, Sealer, as_bytes
from pivotgen.model.parsed import Parsed
from pivotgen.model.source import Digest, is_translation

_TABLES = """
CREATE TABLE sources (
    id INTEGER PRIMARY KEY, path TEXT UNIQUE, signature BLOB, digest BLOB,
    facts BLOB, card BLOB, asked BLOB, body BLOB, words BLOB);
CREATE TABLE facts (id INTEGER PRIMARY KEY, value BLOB);
CREATE TABLE cards (id INTEGER PRIMARY KEY, value BLOB);
CREATE TABLE bodies (id INTEGER PRIMARY KEY, value BLOB);
CREATE TABLE prose (id INTEGER PRIMARY KEY, value BLOB);
CREATE TABLE parsed_as (key BLOB);
"""
STATEMENTS = tuple(statement.strip() for statement in _TABLES.split(";") if statement.strip())
# All of a source but the parts that were made of it.
_SEALED = "id, path, signature, digest, facts, card, asked, body, words"
# What the seal of a part covers, besides the part: of which file it is, and of which version.
OF_PART = "path, facts, sources.card, sources.asked, body"
_PARTS = ("facts", "cards", "bodies", "prose")
# Rows that are digested together.
_AT_ONCE = 1000


class PartsOf(NamedTuple):
    """The number of a content file, and the digests of its parts."""

    number: int
    card: Digest
    asked: Digest
    body: Digest


def _place(p: Parsed) -> tuple[str, Digest, Digest, Digest, Digest]:
    """The columns of `OF_PART`."""
    return p.path, p.facts_digest, p.card_digest, p.asked_digest, p.body_digest


def _part(table: str, p: Parsed) -> bytes:
    """What a table of parts holds of a file."""
    if table == "cards":
        return card_value(p.card, p.asked) if p.card else b""
    value: bytes = getattr(p, "body" if table == "bodies" else table)
    return value


class Inputs:
    """Rows of `sources`, and the packed parts of content files."""

    def __init__(self, database: sqlite3.Connection, sealer: Sealer, faces: Faces) -> None:
        self._database = database
        self._sealer = sealer
        self._faces = faces
        self.blocks = Blocks(database, sealer, _SEALED, "sources")

    @staticmethod
    def create(database: sqlite3.Connection) -> None:
        """Make the tables of a new ledger."""
        for statement in STATEMENTS:
            database.execute(statement)

    def delete_all(self) -> None:
        """Delete everything that is known of the sources."""
        for table in ("sources", *_PARTS):
            self._database.execute(f"DELETE FROM {table}")
        self.blocks.note_deleted()

    def known(self, *, prose: bool = False) -> list[tuple[str, bytes, Digest]]:
        """Path, signature and digest of every source, by path.

        With `prose`, a pivot whose prose was never stored has an empty signature and digest.
        """
        lacking = set[int]()
        if prose:
            rows = self._database.execute(
                "SELECT s.id FROM sources s LEFT JOIN prose p USING (id) WHERE s.card NOT NULL "
                "AND (s.card != x'' OR s.path GLOB '*.*.md') AND p.id IS NULL"
            )
            lacking = {number for (number,) in rows}
        (total,) = self._database.execute("SELECT count(*) FROM sources NOT INDEXED").fetchone()
        known = list[tuple[str, bytes, Digest]]()
        for block in self.blocks.checked():
            known += [
                (path, b"", b"") if number in lacking else (path, signature, digest)
                for number, path, signature, digest, *_ in block
            ]
        if len(known) != total:
            raise MissingRowError("the ledger has sources that no build stored")
        known.sort()
        return known

    def record_stat(self, rows: Iterable[tuple[str, bytes]]) -> None:
        """Store new signatures of sources whose bytes have not changed."""
        self.blocks.check()
        signed = [(signature, path) for path, signature in rows]
        self._database.executemany("UPDATE sources SET signature = ? WHERE path = ?", signed)
        self._note(path for _, path in signed)

    def store(self, rows: Iterable[tuple[str, bytes, Digest]]) -> None:
        """Store sources that need no parsing: path, signature and digest."""
        self.blocks.check()
        rows = list(rows)
        self._database.executemany(
            "INSERT INTO sources (path, signature, digest, body) VALUES (?1, ?2, ?3, ?3) "
            "ON CONFLICT (path) DO UPDATE SET signature = ?2, digest = ?3, body = ?3",
            rows,
        )
        self._note(path for path, _, _ in rows)

    def store_parsed(self, rows: Sequence[tuple[Parsed, bytes]]) -> None:
        """Store content files, each with its signature, and their parts."""
        self.blocks.check()
        self._database.executemany(
            "INSERT INTO sources (path, signature, digest, facts, card, asked, body, words) "
            "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (path) DO UPDATE SET "
            "signature = ?2, digest = ?3, facts = ?4, card = ?5, asked = ?6, body = ?7, words = ?8",
            (
                (path, signature, p.source, *digests, p.words)
                for p, signature in rows
                for path, *digests in [_place(p)]
            ),
        )
        self._note(p.path for p, _ in rows)
        for table in _PARTS:
            self._store_parts(table, [p for p, _ in rows])

    def _store_parts(self, table: str, rows: Sequence[Parsed]) -> None:
        values = [(p, _part(table, p)) for p in rows]
        self._database.executemany(
            f"INSERT OR REPLACE INTO {table} VALUES ((SELECT id FROM sources WHERE path = ?), ?)",
            ((p.path, self._sealed(table, p, value)) for p, value in values if value),
        )
        # A part that was not made this time must not stay from an older version of the file.
        self._database.executemany(
            f"DELETE FROM {table} WHERE id = (SELECT id FROM sources WHERE path = ?)",
            ((p.path,) for p, value in values if not value),
        )

    def _sealed(self, table: str, p: Parsed, value: bytes) -> bytes:
        return self._sealer.wrap(value, table, *_place(p))

    def invalidate(self, paths: Iterable[str]) -> None:
        """Have these read and parsed again next time, because they hold problems now.

        The row stays, because pages know the cards that they show by its id.
        """
        self.blocks.check()
        paths = list(paths)
        self._database.executemany(
            "INSERT INTO sources (path, signature, digest) VALUES (?, x'', x'') ON CONFLICT (path) "
            "DO UPDATE SET signature = x'', digest = x'', facts = NULL, card = NULL, "
            "asked = NULL, body = NULL, words = NULL",
            [(path,) for path in paths],
        )
        self._note(paths)

    def parsed_as(self) -> Digest | None:
        """The key of the settings that texts were parsed with; None when none were."""
        row = self._database.execute("SELECT key FROM parsed_as").fetchone()
        return row[0] if row else None

    def invalidate_texts(self, settings: Digest) -> None:
        """Have all texts read and parsed again, with the settings of this key."""
        self.blocks.check()
        texts = self._database.execute("SELECT id FROM sources WHERE facts NOT NULL")
        self.blocks.note(number for (number,) in texts)
        self._database.execute(
            "UPDATE sources SET signature = x'', digest = x'' WHERE facts NOT NULL"
        )
        self._database.execute("DELETE FROM parsed_as")
        self._database.execute("INSERT INTO parsed_as VALUES (?)", (settings,))

    def delete(self, paths: Iterable[str]) -> None:
        """Delete sources that are gone."""
        self.blocks.check()
        rows = [(path,) for path in paths]
        self._note(path for (path,) in rows)
        for table in _PARTS:
            self._database.executemany(
                f"DELETE FROM {table} WHERE id = (SELECT id FROM sources WHERE path = ?)", rows
            )
        self._database.executemany("DELETE FROM sources WHERE path = ?", rows)

    def _note(self, paths: Iterable[str]) -> None:
        """Note that the rows of these sources are others now, or will be."""
        query = "SELECT id FROM sources WHERE path IN (*)"
        self.blocks.note(number for (number,) in select_in(self._database, query, list(paths)))

    def facts(self, folder: str, *, translations: bool = False) -> Iterator[tuple[str, bytes]]:
        """Path and packed facts of every content file in `folder`, by path; no translations."""
        self.blocks.check()
        rows = self._database.execute(
            f"SELECT value, {OF_PART} FROM sources LEFT JOIN facts f USING (id) "
            "WHERE path >= ? AND path < ? AND sources.facts NOT NULL ORDER BY path",
            (f"{folder}/", f"{folder}0"),
        )
        for value, *place in rows:
            if value is None:
                raise MissingRowError(f"the facts of {place[0]} are not in the ledger")
            if is_translation(place[0]) == translations:
                yield place[0], self._sealer.unwrap(value, "facts", *place)

    def numbers(self, folder: str) -> dict[str, int]:
        """The number of every content file in `folder` that was parsed without a problem, by path.

        A file keeps its number for as long as it exists. Translations are left out.
        """
        rows = self._database.execute(
            "SELECT path, id FROM sources WHERE path >= ? AND path < ? AND facts NOT NULL "
            "ORDER BY path",
            (f"{folder}/", f"{folder}0"),
        )
        return {path: number for path, number in rows if not is_translation(path)}

    def parts_of(self, folder: str) -> dict[str, PartsOf]:
        """Number and digests of the parts of every content file in `folder`, by path."""
        self.blocks.check()
        rows = self._database.execute(
            "SELECT path, id, card, asked, body FROM sources "
            "WHERE path >= ? AND path < ? AND facts NOT NULL",
            (f"{folder}/", f"{folder}0"),
        )
        return {path: PartsOf(*parts) for path, *parts in rows}

    def part(self, table: str, paths: Sequence[str]) -> dict[str, bytes]:
        """The packed parts of some content files that have any, from one of the tables of parts."""
        query = f"SELECT value, {OF_PART} FROM sources JOIN {table} USING (id) WHERE path IN (*)"
        rows = select_in(self._database, query, paths)
        return {place[0]: self._sealer.unwrap(value, table, *place) for value, *place in rows}

    def digests(self, starts: Sequence[str]) -> dict[str, Digest]:
        """The digest of every file whose path starts so, such as with "assets/", by path."""
        digests: dict[str, Digest] = {}
        for start in starts:
            digests |= self._database.execute(
                "SELECT path, digest FROM sources WHERE path >= ? AND path < ? ORDER BY path",
                (start, start[:-1] + chr(ord(start[-1]) + 1)),
            ).fetchall()
        return digests

    def digest(self, path: str) -> Digest | None:
        """The digest of one source; None when there is none."""
        rows = self._database.execute("SELECT digest FROM sources WHERE path = ?", (path,))
        row = rows.fetchone()
        return row[0] if row else None

    def words(self) -> dict[str, Digest]:
        """The digest of what every content file says, by its path."""
        rows = "SELECT path, words FROM sources WHERE words NOT NULL"
        return dict(self._database.execute(rows).fetchall())

    def asked_key(self, language: str) -> Digest:
        """One digest of what all pivots are looked up by in a language; "" is the site's own."""
        return self._faces.asked_key(language) if language else self.key("asked")

    def number(self, path: str) -> int | None:
        """The number of a source."""
        rows = self._database.execute("SELECT id FROM sources WHERE path = ?", (path,))
        row = rows.fetchone()
        return row[0] if row else None

    def path(self, number: int) -> str:
        """The source with this number, or words for one that is gone."""
        if number >= FIRST:
            try:
                language, source = self._faces.source_of(number)
            except MissingRowError:
                return f"a page that is gone ({number})"
            return f"{self.path(source)} in {language}"
        rows = self._database.execute("SELECT path FROM sources WHERE id = ?", (number,))
        row = rows.fetchone()
        return str(row[0]) if row else f"a page that is gone ({number})"

    def key(self, column: str) -> Digest:
        """One digest of the "facts", "card", "asked" or "words" digests of all content files.

        Their paths and numbers are part of it.
        """
        rows = f"SELECT id, path, {column} FROM sources WHERE {column} NOT NULL ORDER BY path"
        cursor = self._database.execute(rows)
        of_sources = digest_of(iter(lambda: as_bytes(cursor.fetchmany(_AT_ONCE)), as_bytes([])))
        if column != "card" or not self._faces.any:
            return of_sources
        return digest_of([of_sources, as_bytes(list(self._faces.digests()))])
