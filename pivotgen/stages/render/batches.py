"""Batches: the stale pages in messages to workers, and what workers send back.

A worker beside the site reads in the ledger what pages are made from. One that does not see the
site gets it in a parcel; files that need the site itself are made by the build.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import TypeAlias
from uuid import uuid4

from pivotgen.disk.places import Places
from pivotgen.engines.own_code import own_code
from pivotgen.engines.packing import pack, unpack
from pivotgen.kinds import KINDS, recipe_of
from pivotgen.memory.card_rows import CardRow
from pivotgen.memory.parcel import Parcel, ParcelCards, ParcelPages
from pivotgen.memory.rows import MissingRowError
from pivotgen.memory.stored_cards import StoredCards
from pivotgen.model.lazy_dataclass import dataclass
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
# Bytes of a parcel without its last page.
_FULL = 4 << 20
# Cards that are in memory, about two kilobytes each.
_KEPT = 12_288
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
        opening, cards_of = uuid4().hex, _Cards(self.build.ledger.cards)
        pages = self.build.ledger.pages
        for ids in _parts(stale, self.build.pool.workers):
            for needs_site, rows in groupby(pages.planned(ids), _needs_site):
                if needs_site:
                    here = tuple(row.id for row in rows)
                    yield self._near(here), here
                    continue
                for part, cards in self._filled(rows, cards_of):
                    parcel = Parcel(opening, ParcelPages(part), ParcelCards(cards))
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
        self, rows: Iterable[PlannedPage], known: _Cards
    ) -> Iterator[tuple[tuple[PlannedPage, ...], tuple[CardRow, ...]]]:
        """The pages in parcels, each with the cards that they show."""
        shown = [(row, recipe_of(row.kind, row.recipe)[0].shows) for row in rows]
        cards = known.of({number for _, shows in shown for number in shows})
        part: list[PlannedPage] = []
        numbers: set[int] = set()
        size = 0
        for row, shows in shown:
            if part and size >= _FULL:
                yield tuple(part), tuple([cards[number] for number in numbers])
                part, numbers, size = [], set(), 0
            part.append(row)
            size += len(row.recipe) + len(row.text or b"")
            size += sum([_size(cards[number]) for number in shows if number not in numbers])
            numbers.update(shows)
        if part:
            yield tuple(part), tuple([cards[number] for number in numbers])


class _Cards:
    """Cards that were sent lately: pages that show the same ones come one soon after another."""

    def __init__(self, stored: StoredCards) -> None:
        self._stored = stored
        self._known: dict[int, CardRow] = {}

    def of(self, numbers: set[int]) -> Mapping[int, CardRow]:
        """These cards, and others. MissingRowError when the ledger has lost one."""
        missing = numbers - self._known.keys()
        if len(self._known) + len(missing) > _KEPT:
            self._known = {number: self._known[number] for number in numbers - missing}
        self._known.update((row.number, row) for row in self._stored.cards(sorted(missing)))
        if numbers - self._known.keys():
            raise MissingRowError("a card that a page shows is not in the ledger")
        return self._known


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
