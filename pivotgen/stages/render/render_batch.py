"""Render a batch: some planned pages to files that wait to be published. Workers do it."""

from __future__ import annotations

from dataclasses import dataclass

from pivotgen.disk.places import Places
from pivotgen.engines.packing import pack
from pivotgen.kinds import KINDS, recipe_of
from pivotgen.memory.ledger import Ledger
from pivotgen.model.problem import Problem
from pivotgen.model.render_context import RenderContext, StagingArea
from pivotgen.stages.compare import shown_versions
from pivotgen.stages.render.render_page import render_page
from pivotgen.stages.worker_memory import WorkerMemory
from pivotgen.stages.write.staging import StagedFile, stage_file


@dataclass(frozen=True, slots=True)
class Batch:
    """Some pages to render: what they are made from is in the ledger."""

    context: RenderContext
    ledger: Ledger
    places: Places
    ids: tuple[int, ...]
    # None when it only matters whether they can be rendered.
    staging: StagingArea | None


def render_batch(memory: WorkerMemory, batch: Batch) -> tuple[bytes, list[Problem]]:
    """What was staged, packed, in the order of the plan; and the problems of the other pages.

    OSError when there is no room, or no right to write.
    """
    ledger = memory.open(batch.ledger, batch.context.chromes)
    planned = [
        (page, *recipe_of(page.kind, page.recipe)) for page in ledger.pages.planned(batch.ids)
    ]
    memory.cards.fetch({number for _, recipe, _ in planned for number in recipe.shows})
    folders = memory.folders(batch.staging) if batch.staging else None
    staged: list[StagedFile] = []
    problems: list[Problem] = []
    for page, recipe, peers in planned:
        data = render_page(page, (recipe, peers), memory, batch.context, batch.places)
        if isinstance(data, Problem):
            problems.append(data)
            continue
        cards, asks = memory.cards, KINDS[page.kind].shows_asked
        versions = cards.asked_versions if asks else cards.versions
        shown = shown_versions(recipe, page.recipe, versions)
        digest, stat, copies = stage_file(page, data, batch.staging, folders)
        of_page = page.id, page.output, page.kind, page.language, page.text_digest
        staged.append(StagedFile(*of_page, digest, shown, stat, copies))
    return pack(staged), problems
