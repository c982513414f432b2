"""pivotgen alone on sites of growing size."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpus import write_corpus
from benchmarks.measure import Cost, measure
from benchmarks.scenarios import body, cold, nothing
from benchmarks.tool import Tool


@dataclass(frozen=True, slots=True)
class Size:
    """What a site of one size costs."""

    pivots: int
    # Files in public/ after the cold build.
    files: int
    cold: Cost
    nothing: Cost
    body: Cost


def grow(tool: Tool, pivots: int, work: Path, tell: Callable[[str], None]) -> Size:
    """Build a site of that size cold, then unchanged, then with one body edited."""
    folder = work / f"{pivots}"
    write_corpus(folder, pivots)
    return Size(pivots, *three_builds(tool, folder, f"{pivots} pivots", tell))


def three_builds(
    tool: Tool, folder: Path, name: str, tell: Callable[[str], None]
) -> tuple[int, Cost, Cost, Cost]:
    """Build a site cold, then unchanged, then with one body edited, and delete it.

    How many files it had, and what each build cost.
    """
    tool.finish(folder)
    costs = []
    for edit in (cold, nothing, body):
        sign = edit(tool, folder, 1)
        os.sync()
        cost = measure(tool.command(folder), folder)
        sign.check(folder / "public")
        tell(f"{name}, {edit.__name__}: {cost.wall:.2f} s, {cost.cpu:.2f} s of CPU")
        costs.append(cost)
    files = sum(len(names) for _, _, names in os.walk(folder / "public"))
    shutil.rmtree(folder)
    first, second, third = costs
    return files, first, second, third
