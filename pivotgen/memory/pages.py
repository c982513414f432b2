"""Pages: the plan of each folder built into, and what every file in it was last made from.

A row belongs to one file. The file is ours from the moment it is announced; the row says what the
file was made from only after the file is on disk.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pivotgen.memory.rows import checked, select_in, with_checksum
from pivotgen.model.page import PlannedPage
from pivotgen.model.source import Digest

_TABLES = """
CREATE TABLE roots (
    root TEXT PRIMARY KEY, plan INTEGER, planned_from BLOB, settled_from BLOB, files INTEGER);
CREATE TABLE pages (
    id INTEGER PRIMARY KEY, root TEXT, output TEXT, plan INTEGER,
    kind TEXT, source TEXT, common BLOB, text BLOB, digest BLOB, signature BLOB,
    recipe BLOB, shown_versions BLOB, reasons BLOB, UNIQUE (root, output));
"""


class Row(NamedTuple):
    """One planned file, and what it was made from when it was last made."""

    id: int
    output: str
    kind: str
    # The content file, or the asset, whose text it shows; and the digest of that text now.
    source: str
    text_now: Digest | None
    # Digests of the inputs shared by its kind and of its text, as they were; None before the
    # file is first made.
    common: Digest | None
    text: Digest | None
    # Of the file as it was written; None before it is announced, and empty until it is on disk.
    digest: Digest | None
    signature: bytes | None
    # Packed; empty unless asked for.
    recipe: bytes = b""
    shown_versions: bytes = b""


class RenderedRow(NamedTuple):
    """What one file was made from, and its digest and signature on disk."""

    id: int
    common: Digest
    text: Digest | None
    digest: Digest
    # Empty when the file system could not prove a later change.
    signature: bytes
    shown_versions: bytes
    # Why it was rendered, in words; packed.
    reasons: bytes


class Pages:
    """Rows of `pages`, each under the root (the folder built into) that it belongs to."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    @staticmethod
    def create(database: sqlite3.Connection) -> None:
        """Make the tables of a new ledger."""
        for statement in _TABLES.split(";"):
            database.execute(statement)

    def planned_from(self, root: str) -> Digest | None:
        """What the plan of `root` was made from."""
        return self._root("planned_from", root)

    def settled_from(self, root: str) -> Digest | None:
        """What the cards and the plan were when every file of `root` was last right."""
        return self._root("settled_from", root)

    def _root(self, column: str, root: str) -> Digest | None:
        rows = self._database.execute(f"SELECT {column} FROM roots WHERE root = ?", (root,))
        row = rows.fetchone()
        return row[0] if row else None

    def store_plan(
        self, root: str, key: Digest, pages: Iterable[tuple[str, str, str, bytes]]
    ) -> None:
        """Store a new plan: output, kind, source and packed recipe of every file."""
        self._database.execute(
            "INSERT INTO roots (root, plan, planned_from) VALUES (?1, 1, ?2) "
            "ON CONFLICT DO UPDATE SET plan = plan + 1, planned_from = ?2",
            (root, key),
        )
        rows = "SELECT plan FROM roots WHERE root = ?"
        (plan,) = self._database.execute(rows, (root,)).fetchone()
        self._database.executemany(
            "INSERT INTO pages (root, output, plan, kind, source, recipe) "
            "VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (root, output) DO UPDATE SET "
            "plan = ?3, kind = ?4, source = ?5, recipe = ?6",
            (
                (
                    root,
                    output,
                    plan,
                    kind,
                    source,
                    with_checksum(recipe, f"{output}\n{kind}\n{source}"),
                )
                for output, kind, source, recipe in pages
            ),
        )
        self._database.execute(
            "UPDATE roots SET files = (SELECT count(*) FROM pages p WHERE p.root = ?1 "
            "AND p.plan = roots.plan) WHERE root = ?1",
            (root,),
        )

    def files(self, root: str) -> int:
        """How many files the plan of `root` has."""
        rows = self._database.execute("SELECT files FROM roots WHERE root = ?", (root,))
        return int(rows.fetchone()[0])

    def rows(self, root: str, *, whole: bool = False) -> Iterator[Row]:
        """Every file of the plan; with recipes and the versions shown when `whole`."""
        more = "p.recipe, p.shown_versions" if whole else "NULL, NULL"
        rows = self._database.execute(
            "SELECT p.id, p.output, p.kind, p.source, s.body, p.common, p.text, p.digest, "
            f"p.signature, {more} FROM pages p JOIN roots r ON r.root = p.root "
            "AND r.plan = p.plan LEFT JOIN sources s ON s.path = p.source "
            "WHERE p.root = ? ORDER BY p.id",
            (root,),
        )
        for row in rows:
            recipe = checked(row[-2], "\n".join(map(str, row[1:4]))) if whole else b""
            yield Row(*row[:-2], recipe=recipe, shown_versions=row[-1] or b"")  # type: ignore[misc]

    def planned(self, ids: Sequence[int]) -> Iterator[PlannedPage]:
        """Some files of the plan, each with its text; `ids` and files are in the order of ids."""
        rows = select_in(
            self._database,
            "SELECT p.id, output, kind, source, recipe, p.digest, p.signature, value, s.body "
            "FROM pages p LEFT JOIN sources s ON s.path = p.source LEFT JOIN bodies b "
            "ON b.id = s.id WHERE p.id IN (*) ORDER BY p.id",
            ids,
        )
        for number, output, kind, source, recipe, known, signature, text, text_digest in rows:
            yield PlannedPage(
                id=number,
                output=output,
                kind=kind,
                source=source,
                recipe=checked(recipe, f"{output}\n{kind}\n{source}"),
                digest=known,
                signature=signature,
                text=None if text is None else checked(text),
                text_digest=text_digest,
            )

    def announce(self, ids: Iterable[int]) -> None:
        """Record that these files are about to be written.

        From then on they are ours, even if the build is killed.
        """
        self._database.executemany(
            "UPDATE pages SET digest = x'' WHERE id = ? AND digest IS NULL",
            ((number,) for number in ids),
        )

    def reasons(self, root: str, output: str) -> bytes | None:
        """Why a file was last made, packed; None for a file that is not ours."""
        rows = "SELECT reasons FROM pages WHERE root = ? AND output = ?"
        row = self._database.execute(rows, (root, output)).fetchone()
        return (row[0] or b"") if row else None

    def gone(self, root: str) -> list[str]:
        """Files that are ours and no longer planned."""
        rows = (
            "SELECT output, kind, source, recipe FROM pages p JOIN roots r USING (root) "
            "WHERE p.root = ? AND p.plan != r.plan AND digest NOT NULL ORDER BY output"
        )
        gone = self._database.execute(rows, (root,)).fetchall()
        # A damaged name must never lead to the removal of another file.
        for output, kind, source, recipe in gone:
            checked(recipe, f"{output}\n{kind}\n{source}")
        return [output for output, *_ in gone]

    def refresh_stat(self, rows: Iterable[tuple[bytes, int]]) -> None:
        """Store new signatures, by id, of files whose bytes are still right."""
        self._database.executemany("UPDATE pages SET signature = ? WHERE id = ?", rows)

    def store_rendered(self, rows: Iterable[RenderedRow]) -> None:
        """Store what files were made from, once they are on disk."""
        self._database.executemany(
            "UPDATE pages SET common = ?, text = ?, digest = ?, signature = ?, shown_versions = ?, "
            "reasons = ? WHERE id = ?",
            (
                (m.common, m.text, m.digest, m.signature, m.shown_versions, m.reasons, m.id)
                for m in rows
            ),
        )

    def settle(self, root: str, key: Digest) -> None:
        """Delete the rows of files that are gone, and record that all other files are right."""
        self._database.execute(
            "DELETE FROM pages WHERE root = ?1 AND plan != "
            "(SELECT plan FROM roots WHERE root = ?1)",
            (root,),
        )
        self._database.execute("UPDATE roots SET settled_from = ? WHERE root = ?", (key, root))

    def has(self, root: str, output: str) -> bool:
        """Whether a file is in the plan of `root`."""
        rows = (
            "SELECT 1 FROM pages p JOIN roots r ON r.root = p.root AND r.plan = p.plan "
            "WHERE p.root = ? AND p.output = ?"
        )
        return self._database.execute(rows, (root, output)).fetchone() is not None

    def roots(self) -> list[str]:
        """Every folder that was built into."""
        return [root for (root,) in self._database.execute("SELECT root FROM roots")]

    def delete(self, root: str) -> None:
        """Delete all that is known of a folder."""
        for table in ("pages", "roots"):
            self._database.execute(f"DELETE FROM {table} WHERE root = ?", (root,))
