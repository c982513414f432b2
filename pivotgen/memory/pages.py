"""Pages: the plan of each folder built into, and what every file in it was last made from.

A row belongs to one file. The file is ours from the moment it is announced; the row says what the
file was made from only after the file is on disk.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pivotgen.memory.faces import Faces, face_name
from pivotgen.memory.page_rows import SEALED_COLUMNS, STATEMENTS, RenderedRow, Row
from pivotgen.memory.roots import Roots
from pivotgen.memory.rows import select_in
from pivotgen.memory.seals import Blocks, Sealer, prove_inside
from pivotgen.model.page import PlannedPage
from pivotgen.model.source import Digest, is_translation, translation_of, translation_path

# Where a block has them.
_OUTPUT, _PLAN, _DAYS = (
    SEALED_COLUMNS.split(", ").index(name) for name in ("output", "plan", "days")
)

# Output, kind, language, source and packed recipe of a file.
PlannedRow = tuple[str, str, str, str, bytes]


def _face_of(path: str) -> str:
    """The name of the face that a translation has."""
    source, language = translation_of(path)
    return face_name(language, source)


class Pages:
    """Rows of `pages`, each under the root (the folder built into) that it belongs to."""

    def __init__(self, database: sqlite3.Connection, sealer: Sealer, faces: Faces) -> None:
        self._database = database
        self._sealer = sealer
        self._faces = faces
        self.roots = Roots(database)
        # By root.
        self._blocks: dict[str, Blocks] = {}

    @staticmethod
    def create(database: sqlite3.Connection) -> None:
        """Make the tables of a new ledger."""
        for statement in STATEMENTS:
            database.execute(statement)

    def blocks(self, root: str) -> Blocks:
        """The seals of the rows of one folder built into."""
        if root not in self._blocks:
            self._blocks[root] = Blocks(self._database, self._sealer, SEALED_COLUMNS, "pages", root)
        return self._blocks[root]

    def reseal(self) -> None:
        """Seal what was changed."""
        for blocks in self._blocks.values():
            blocks.reseal()

    def store_plan(self, root: str, key: Digest, pages: Iterable[PlannedRow]) -> None:
        """Store a new plan."""
        self.blocks(root).check()
        plan = self.roots.begin_plan(root, key)
        self._store_recipes(root, plan, pages)
        self.roots.count_files(root)
        self._note(root, "plan = ?2", plan)

    def _store_recipes(self, root: str, plan: int, pages: Iterable[PlannedRow]) -> None:
        self._database.executemany(
            "INSERT INTO pages (root, output, plan, kind, language, source, recipe) "
            "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (root, output) DO UPDATE SET "
            "plan = ?3, kind = ?4, language = ?5, source = ?6, recipe = ?7, days = NULL",
            (
                (
                    root,
                    output,
                    plan,
                    *page,
                    self._sealer.wrap(recipe, "recipe", plan, output, *page),
                )
                for output, *page, recipe in pages
            ),
        )

    def store_days(
        self,
        root: str,
        key: Digest,
        days: Mapping[str, str],
        pages: Iterable[PlannedRow],
    ) -> None:
        """Lay days over the plan: those of its files by output, and files that list the days.

        `pages` are in the plan already, with other recipes. Files without a day lose theirs.
        """
        pages = list(pages)
        # A file with another recipe loses its day.
        made = {output for output, *_ in pages}
        plan = self.roots.plan(root)
        # To check the rows is to read them, so this one look does both.
        changed = [
            (days.get(row[_OUTPUT]), row[0])
            for block in self.blocks(root).checked()
            for row in block
            if row[_PLAN] == plan and (row[_OUTPUT] in made or row[_DAYS] != days.get(row[_OUTPUT]))
        ]
        self._store_recipes(root, plan, pages)
        self._database.executemany("UPDATE pages SET days = ? WHERE id = ?", changed)
        self.roots.date(root, key)
        self.blocks(root).note(number for _, number in changed)

    def _note(self, root: str, which: str, *values: object) -> None:
        """Note that rows of `root` have changed, or are about to be deleted."""
        rows = f"SELECT id FROM pages WHERE root = ?1 AND {which}"
        numbers = self._database.execute(rows, (root, *values))
        self.blocks(root).note(number for (number,) in numbers)

    def rows(self, root: str, *, whole: bool = False) -> Iterator[Row]:
        """Every file of the plan; with recipes and the versions shown when `whole`."""
        plan = self.roots.plan(root)
        texts = dict(self._database.execute("SELECT path, body FROM sources"))
        for name, body in self._faces.body_digests().items():
            language, _, path = name.partition("/")
            texts[translation_path(path, language)] = body
        for block in self.blocks(root).checked():
            planned = [row for row in block if row[_PLAN] == plan]
            large = dict(self._large([row[0] for row in planned])) if whole else {}
            for row in planned:
                number, output, _, kind, language, source = row[:6]
                rest = (*row[6:], *large.get(number, ()))
                yield Row(number, output, kind, language, source, texts.get(source), *rest)

    def _large(self, ids: Sequence[int]) -> Iterator[tuple[int, tuple[bytes, bytes]]]:
        """The recipe and the versions shown of some files, by their numbers."""
        query = (
            "SELECT id, recipe, plan, output, kind, language, source, shown_versions, common, "
            "text, digest, reasons FROM pages WHERE id IN (*)"
        )
        for number, recipe, *place, shown, common, text, known, why in select_in(
            self._database, query, ids
        ):
            recipe = self._sealer.unwrap(recipe, "recipe", *place)
            if shown is not None:
                shown = self._sealer.unwrap(shown, "shown", place[1], common, text, known, why)
            yield number, (recipe, shown or b"")

    def planned(self, ids: Sequence[int]) -> Iterator[PlannedPage]:
        """Some files of the plan, each with its text; `ids` and files are in the order of ids."""
        rows = list(
            select_in(
                self._database,
                "SELECT p.id, output, plan, kind, language, source, recipe, p.digest, p.signature, "
                "value, p.days, p.copies, path, facts, s.card, s.asked, s.body FROM pages p "
                "LEFT JOIN sources s ON s.path = p.source LEFT JOIN bodies b ON b.id = s.id "
                "WHERE p.id IN (*) ORDER BY p.id",
                ids,
            )
        )
        joined = self._faces.bodies([_face_of(row[5]) for row in rows if is_translation(row[5])])
        for (
            number,
            output,
            plan,
            kind,
            language,
            source,
            recipe,
            known,
            signature,
            text,
            days,
            copies,
            *of,
        ) in rows:
            prove_inside([output])
            text = None if text is None else self._sealer.unwrap(text, "bodies", *of)
            text_digest = of[-1]
            if joined and is_translation(source) and (face := joined.get(_face_of(source))):
                text, text_digest = face
            place = plan, output, kind, language, source
            yield PlannedPage(
                id=number,
                output=output,
                kind=kind,
                language=language,
                source=source,
                recipe=self._sealer.unwrap(recipe, "recipe", *place),
                digest=known,
                signature=signature,
                text=text,
                text_digest=text_digest,
                days=days,
                copies=copies,
            )

    def announce(self, root: str, rows: Iterable[tuple[int, bytes | None]]) -> None:
        """Record that these files are about to be written, each with its compressed copies.

        From then on they are ours, even if the build is killed.
        """
        self.blocks(root).check()
        rows = list(rows)
        self._database.executemany(
            "UPDATE pages SET digest = x'' WHERE id = ? AND digest IS NULL",
            ((number,) for number, _ in rows),
        )
        self._database.executemany(
            "UPDATE pages SET copies = ? WHERE id = ?",
            ((copies, number) for number, copies in rows if copies is not None),
        )
        self.blocks(root).note(number for number, _ in rows)

    def reasons(self, root: str, output: str) -> bytes | None:
        """Why a file was last made, packed; None for a file that is not ours."""
        rows = (
            "SELECT shown_versions, output, common, text, digest, reasons FROM pages "
            "WHERE root = ? AND output = ?"
        )
        row = self._database.execute(rows, (root, output)).fetchone()
        if row is None or row[0] is None:
            return None if row is None else b""
        self._sealer.unwrap(row[0], "shown", *row[1:])
        return bytes(row[-1] or b"")

    def gone(self, root: str) -> list[tuple[str, bytes | None]]:
        """Files that are ours and no longer planned, each with its compressed copies, packed."""
        self.blocks(root).check()
        if not self._has_unplanned(root):
            return []
        rows = (
            "SELECT output, copies FROM pages p JOIN roots r USING (root) "
            "WHERE p.root = ? AND p.plan != r.plan AND digest NOT NULL ORDER BY output"
        )
        gone = self._database.execute(rows, (root,)).fetchall()
        prove_inside(output for output, _ in gone)
        return gone

    def refresh_stat(self, root: str, rows: Iterable[tuple[bytes, bytes | None, int]]) -> None:
        """Store new signatures, by id, of files and copies whose bytes are still right."""
        self.blocks(root).check()
        rows = list(rows)
        self._database.executemany("UPDATE pages SET signature = ?, copies = ? WHERE id = ?", rows)
        self.blocks(root).note(number for *_, number in rows)

    def store_rendered(self, root: str, rows: Iterable[RenderedRow]) -> None:
        """Store what files were made from, once they are on disk."""
        self.blocks(root).check()
        numbers: list[int] = []
        self._database.executemany(
            "UPDATE pages SET common = ?, text = ?, digest = ?, signature = ?, shown_versions = ?, "
            "reasons = ?, copies = ?, made_days = days WHERE id = ?",
            (self._sealed(row, numbers) for row in rows),
        )
        self.blocks(root).note(numbers)

    def _sealed(self, m: RenderedRow, numbers: list[int]) -> tuple[object, ...]:
        numbers.append(m.id)
        made = (m.output, m.common, m.text, m.digest, m.reasons)
        shown = self._sealer.wrap(m.shown_versions, "shown", *made)
        return m.common, m.text, m.digest, m.signature, shown, m.reasons, m.copies, m.id

    def settle(self, root: str, key: Digest) -> None:
        """Delete the rows of files that are gone, and record that all other files are right."""
        if self._has_unplanned(root):
            unplanned = "plan != (SELECT plan FROM roots WHERE root = ?1)"
            self._note(root, unplanned)
            self._database.execute(f"DELETE FROM pages WHERE root = ?1 AND {unplanned}", (root,))
        self.roots.settle(root, key)

    def _has_unplanned(self, root: str) -> bool:
        """Whether there are rows of files that are not planned; counting takes no look at them."""
        rows = self._database.execute("SELECT count(*) FROM pages WHERE root = ?", (root,))
        return int(rows.fetchone()[0]) != self.roots.files(root)

    def has(self, root: str, output: str) -> bool:
        """Whether a file is in the plan of `root`."""
        rows = (
            "SELECT 1 FROM pages p JOIN roots r ON r.root = p.root AND r.plan = p.plan "
            "WHERE p.root = ? AND p.output = ?"
        )
        return self._database.execute(rows, (root, output)).fetchone() is not None

    def delete(self, root: str) -> None:
        """Delete all that is known of a folder."""
        self._note(root, "TRUE")
        for table in ("pages", "roots"):
            self._database.execute(f"DELETE FROM {table} WHERE root = ?", (root,))
