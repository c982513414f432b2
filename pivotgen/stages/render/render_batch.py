"""Render a batch: some planned pages to files that wait to be published. Workers do it."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple, assert_never

from pivotgen.disk.places import Places
from pivotgen.engines.packing import pack
from pivotgen.kinds import KINDS, recipe_of
from pivotgen.memory.ledger import Ledger
from pivotgen.memory.parcel import Parcel
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.own_code import OwnCode
from pivotgen.model.problem import Problem
from pivotgen.model.render_context import Blobs, Destination, RenderContext, SentBack, StagingArea
from pivotgen.stages.compare import shown_versions
from pivotgen.stages.render.render_page import render_page
from pivotgen.stages.worker_memory import WorkerMemory
from pivotgen.stages.write.outlets import FolderOutlet, MessageOutlet, NoOutlet, StoreOutlet
from pivotgen.stages.write.staging import StagedFile


@dataclass(frozen=True, slots=True)
class Batch:
    """Some pages to render: what they are made from is in the ledger."""

    context: RenderContext
    goods: Ledger | Parcel
    places: Places
    ids: tuple[int, ...]
    destination: Destination
    # The site's own filters, for a worker that does not see its folder.
    code: OwnCode | None = None


class Rendered(NamedTuple):
    """What came of a batch."""

    # The files, packed, in the order of the plan.
    staged: bytes
    # The problems of the other pages.
    problems: list[Problem]
    # What files say, where it was asked for as a message.
    bodies: bytes


def render_batch(memory: WorkerMemory, batch: Batch) -> Rendered:
    """Render the pages of a batch, each to where it goes.

    OSError when there is no room, or no right to write; DeployError from a store.
    """
    context = batch.context
    if batch.code:
        context = replace(context, filters_from=memory.code.folder(batch.code))
    context = memory.context(context)
    goods = memory.open(batch.goods, context.chromes)
    planned = [
        (page, *recipe_of(page.kind, page.recipe)) for page in goods.pages.planned(batch.ids)
    ]
    memory.cards.fetch({number for _, recipe, _ in planned for number in recipe.shows})
    outlet = _outlet(memory, batch.destination)
    staged: list[StagedFile] = []
    problems: list[Problem] = []
    for page, recipe, peers in planned:
        data = render_page(page, (recipe, peers), memory, context, batch.places)
        if isinstance(data, Problem):
            problems.append(data)
            continue
        cards, asks = memory.cards, KINDS[page.kind].shows_asked
        versions = cards.asked_versions if asks else cards.versions
        shown = shown_versions(recipe, page.recipe, versions)
        taken = outlet.take(page, data)
        of_page = page.id, page.output, page.kind, page.language, page.text_digest
        of_file = taken.stat, taken.copies, taken.blob
        staged.append(StagedFile(*of_page, taken.digest, shown, *of_file))
    bodies = outlet.end()
    return Rendered(pack(staged), problems, bodies)


def _outlet(memory: WorkerMemory, destination: Destination) -> NoOutlet:
    """The outlet to a destination, with what the worker knows of it already."""
    match destination:
        case StagingArea():
            return FolderOutlet(destination, memory.folders(destination))
        case SentBack():
            return MessageOutlet(destination)
        case Blobs():
            return StoreOutlet(memory.store(destination.target), destination)
        case None:
            return NoOutlet()
        case _:
            assert_never(destination)
