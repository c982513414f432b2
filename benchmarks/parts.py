"""The parts of the results, which are measured at different times and stand on one page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.contest import Run
from benchmarks.finder import Answer
from benchmarks.growth import Size
from benchmarks.languages import Spoken
from benchmarks.machine import Machine
from benchmarks.measure import Cost
from benchmarks.results import Results


@dataclass(frozen=True, slots=True)
class Part:
    """What one part measures, where nobody asks for anything else."""

    pivots: int
    rounds: int
    # Keys of the tools beside pivotgen.
    peers: tuple[str, ...]
    # Keys of the scenarios; empty for all of them, restored checkouts and the floor.
    scenarios: tuple[str, ...] = ()
    # Sites that pivotgen builds alone.
    sizes: tuple[int, ...] = ()


CONTEST, DISK, PYTHON, LARGE, FINDER = "contest", "disk", "python", "large", "finder"
LANGUAGES = "languages"

PARTS: Mapping[str, Part] = {
    CONTEST: Part(10_000, 3, ("hugo", "eleventy", "pelican"), sizes=(1_000, 10_000, 100_000)),
    DISK: Part(10_000, 3, ("hugo",), ("cold", "nothing", "body", "title")),
    PYTHON: Part(10_000, 3, ("plain", "hugo"), ("cold",)),
    FINDER: Part(0, 5, (), sizes=(73, 10_000, 100_000)),
    LANGUAGES: Part(10_000, 1, ()),
    LARGE: Part(100_000, 1, ("hugo",), ("cold",), sizes=(1_000_000,)),
}


def read_parts(file: Path) -> dict[str, Results]:
    """The last results of each part, by its name; nothing where there is no file yet."""
    if not file.is_file():
        return {}
    return {name: _results(part) for name, part in json.loads(file.read_text("utf-8")).items()}


def write_parts(file: Path, parts: Mapping[str, Results]) -> None:
    """Keep the results of all parts in one file."""
    whole = {name: asdict(parts[name]) for name in PARTS if name in parts}
    file.write_text(json.dumps(whole, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _results(part: dict[str, Any]) -> Results:
    runs = [Run(**run | {"cost": Cost(**run["cost"])}) for run in part["runs"]]
    costs = ("cold", "nothing", "body")
    growth = [
        Size(**size | {name: Cost(**size[name]) for name in costs}) for size in part["growth"]
    ]
    answers = tuple(Answer(**answer) for answer in part.get("answers", ()))
    spoken = tuple(
        Spoken(**each | {name: Cost(**each[name]) for name in costs})
        for each in part.get("spoken", ())
    )
    whole = {"machine": Machine(**part["machine"]), "runs": runs, "growth": growth}
    return Results(**part | whole | {"answers": answers, "spoken": spoken})
