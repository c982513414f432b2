"""Batches: the stale pages in messages to workers, and what workers send back.

A worker beside the site reads in the ledger what pages are made from. One that does not see the
site gets it in a parcel; files that need the site itself are made by the build.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TypeAlias
from uuid import uuid4

from pivotgen.disk.places import Places
from pivotgen.engines.own_code import own_code
from pivotgen.engines.packing import pack, unpack
from pivotgen.kinds import KINDS
from pivotgen.memory.card_rows import CardRow
from pivotgen.memory.parcel import Parcel, ParcelInputs, ParcelPages
from pivotgen.model.page import PlannedPage
from pivotgen.model.render_context import Destination, RenderContext, SentBack, StagingArea
from pivotgen.model.stored import StoredSite
from pivotgen.stages.context import BuildContext
from pivotgen.stages.render.render_batch import Batch, Rendered
from pivotgen.stages.staging_folders import StagingFolders
from pivotgen.stages.write.outlets import bodies_of
from pivotgen.stages.write.staging import StagedFile, stage_file

# Pages in one message to a worker: many at first, because pages that are near each other show the
# same cards; at the end a small share of what is left, so that all workers end together.
_MOST, _LEAST = 1_600, 25
_SHARE = 8
# Bytes of a parcel, if it has more than one page.
_FULL = 4 << 20
_NOWHERE = Places(Path("/nowhere"))

# The pages of a batch, or their numbers where nothing else needs to be known.
Part: TypeAlias = Sequence[int] | Sequence[PlannedPage]


def stays(batch: Batch) -> bool:
    """Whether a batch is for the machine with the site."""
    return not isinstance(batch.goods, Parcel)


@dataclass(frozen=True, slots=True)
class NearBatches:
    """Batches for workers beside the site."""

    build: BuildContext
    context: RenderContext
    staging: StagingArea | None
    store: StoredSite | None

    @property
    def destination(self) -> Destination:
        return self.store.blobs if self.store else self.staging

    def of(self, stale: Sequence[int]) -> Iterator[tuple[Batch, Part]]:
        """Each batch, with the numbers of its pages."""
        for ids in _parts(stale, self.build.pool.workers):
            yield self._near(ids), ids

    def staged(self, part: Part, rendered: Rendered) -> bytes:
        """The files of a batch, packed."""
        return rendered.staged

    def _near(self, ids: tuple[int, ...]) -> Batch:
        build = self.build
        return Batch(self.context, build.ledger, build.places, ids, self.destination)


class FarBatches(NearBatches):
    """Batches for workers that do not see the site, but for those that need it."""

    def of(self, stale: Sequence[int]) -> Iterator[tuple[Batch, Part]]:
        """Each batch, with its pages."""
        code = own_code(self.build.config, self.build.site)
        opening = uuid4().hex
        pages = self.build.ledger.pages
        for ids in _parts(stale, self.build.pool.workers):
            for needs_site, rows in groupby(pages.planned(ids), _needs_site):
                if needs_site:
                    here = tuple(row.id for row in rows)
                    yield self._near(here), here
                    continue
                for part, cards in self._filled(rows):
                    parcel = Parcel(opening, ParcelPages(part), ParcelInputs(cards))
                    numbers = tuple(row.id for row in part)
                    batch = Batch(self.context, parcel, _NOWHERE, numbers, self._away(part), code)
                    yield batch, tuple(_slim(row) for row in part)

    def staged(self, part: Part, rendered: Rendered) -> bytes:
        """The files of a batch, packed; those that were sent back wait now.

        OSError when there is no room, or no right to write.
        """
        if not (self.staging and rendered.bodies):
            return rendered.staged
        folders = StagingFolders(self.staging)
        rows = {row.id: row for row in part if isinstance(row, PlannedPage)}
        staged = []
        files = unpack(tuple[StagedFile, ...], rendered.staged)
        for file, body in zip(files, bodies_of(rendered.bodies), strict=True):
            row = rows[file.id]
            digest, stat, copies = stage_file(row, body.data, self.staging, folders, body.copies)
            staged.append(file._replace(digest=digest, stat=stat, copies=copies))
        folders.waiting.close()
        return pack(staged)

    def _away(self, part: Sequence[PlannedPage]) -> Destination:
        """Where the files of a parcel go."""
        if self.store:
            return self.store.blobs_of(row.output for row in part)
        return SentBack(self.staging.write_all, self.staging.sidecars) if self.staging else None

    def _filled(
        self, rows: Iterable[PlannedPage]
    ) -> Iterator[tuple[tuple[PlannedPage, ...], tuple[CardRow, ...]]]:
        """The pages in parcels, each with the cards that they show."""
        part: list[PlannedPage] = []
        cards: dict[int, CardRow] = {}
        size = 0
        for row in rows:
            shows = unpack(KINDS[row.kind].recipe, row.recipe).shows
            missing = sorted(set(shows) - cards.keys())
            new = {card.number: card for card in self.build.ledger.inputs.cards(missing)}
            more = len(row.recipe) + len(row.text or b"") + sum(map(_size, new.values()))
            if part and size + more > _FULL:
                yield tuple(part), tuple(cards.values())
                new |= {number: cards[number] for number in shows if number in cards}
                part, cards, size = [], {}, 0
                more = len(row.recipe) + len(row.text or b"") + sum(map(_size, new.values()))
            part.append(row)
            cards |= new
            size += more
        if part:
            yield tuple(part), tuple(cards.values())


def _parts(stale: Sequence[int], workers: int) -> Iterator[tuple[int, ...]]:
    at = 0
    while at < len(stale):
        size = max(_LEAST, min(_MOST, (len(stale) - at) // (workers * _SHARE)))
        yield tuple(stale[at : at + size])
        at += size


def _needs_site(row: PlannedPage) -> bool:
    return KINDS[row.kind].needs_site


def _size(card: CardRow) -> int:
    return len(card.card) + len(card.asked)


def _slim(row: PlannedPage) -> PlannedPage:
    """What is needed of a page to stage its bytes."""
    return row._replace(recipe=b"", text=None)
