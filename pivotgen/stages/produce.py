"""Produce: a batch of planned pages to files that wait to be published. Workers do it."""

from __future__ import annotations

from pivotgen.model.problem import Problem
from pivotgen.model.setting import Batch
from pivotgen.model.source import Digest
from pivotgen.stages.render import render
from pivotgen.stages.stage import Written, stage


def produce(batch: Batch) -> list[tuple[int, tuple[Digest, Written | None] | Problem]]:
    """What became of each page, by its id. OSError when there is no room or no right to write."""
    return [
        (page.id, made if isinstance(made, Problem) else stage(page, made, batch.place))
        for page, made in render(batch)
    ]
