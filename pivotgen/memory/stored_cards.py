"""Stored cards: those of pivots and of their faces, with what pivots are looked up by."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

from pivotgen.memory.card_rows import CardRow, card_row, split_card
from pivotgen.memory.card_versions import both, version
from pivotgen.memory.faces import FIRST, Faces
from pivotgen.memory.inputs import OF_PART
from pivotgen.memory.rows import select_in
from pivotgen.memory.seals import Sealer


class StoredCards:
    """Cards by the numbers of their files, or of the faces of these in other languages."""

    def __init__(self, database: sqlite3.Connection, sealer: Sealer, faces: Faces) -> None:
        self._database = database
        self._sealer = sealer
        self._faces = faces

    def cards(self, numbers: Sequence[int]) -> Iterator[CardRow]:
        """Some cards, by the numbers of their files."""
        query = f"SELECT id, value, {OF_PART} FROM sources JOIN cards USING (id) WHERE id IN (*)"
        own = [number for number in numbers if number < FIRST]
        for number, value, *place in select_in(self._database, query, own):
            plain = self._sealer.unwrap(value, "cards", *place)
            yield card_row(number, plain, place[2], place[3])
        if len(own) < len(numbers):
            yield from self._faces.cards([number for number in numbers if number >= FIRST])

    def asked(self, language: str = "") -> Iterator[bytes]:
        """What every pivot is looked up by, packed; in another language than the site's own."""
        if language:
            yield from self._faces.asked(language)
            return
        query = f"SELECT value, {OF_PART} FROM sources JOIN cards USING (id) "
        query += "WHERE sources.asked != x''"
        for value, *place in self._database.execute(query):
            yield split_card(self._sealer.unwrap(value, "cards", *place))[1]

    def versions(self) -> dict[int, bytes]:
        """The version of the card of every pivot, by the number of its file."""
        rows = self._database.execute("SELECT id, card FROM sources WHERE card NOT NULL")
        versions = {number: version(number, card) for number, card in rows}
        versions |= {number: version(number, card) for number, card in self._faces.digests()}
        return versions

    def asked_versions(self) -> dict[int, bytes]:
        """The same of the card together with the questions."""
        rows = self._database.execute("SELECT id, card, asked FROM sources WHERE card NOT NULL")
        versions = {number: version(number, both(card, asked)) for number, card, asked in rows}
        versions |= {
            number: version(number, both(card, asked))
            for number, card, asked in self._faces.asked_digests()
        }
        return versions
