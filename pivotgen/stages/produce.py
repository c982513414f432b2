"""Produce: a batch of planned pages to files that wait to be published. Workers do it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pivotgen.engines.packing import pack
from pivotgen.memory.ledger import Ledger
from pivotgen.model.problem import Problem
from pivotgen.model.setting import Place, Setting
from pivotgen.stages.render import render
from pivotgen.stages.stage import Staged, stage


@dataclass(frozen=True, slots=True)
class Batch:
    """Some pages to make: what they are made from is in the ledger."""

    setting: Setting
    book: Ledger
    site: Path
    ids: tuple[int, ...]
    # None when it is only to be seen that they can be made.
    place: Place | None


def produce(batch: Batch) -> tuple[bytes, list[Problem]]:
    """What was staged, packed, in the order of the plan; and the problems of the pages that could
    not be made. OSError when there is no room or no right to write."""
    staged: list[Staged] = []
    problems: list[Problem] = []
    for page, data, ties in render(batch.book, batch.ids, batch.setting, batch.site):
        if isinstance(data, Problem):
            problems.append(data)
            continue
        digest, written = stage(page, data, batch.place)
        staged.append(
            Staged(page.id, page.output, page.kind, page.text_digest, digest, ties, written)
        )
    return pack(staged), problems
