"""All generators against each other on one corpus, in turns."""

from __future__ import annotations

import filecmp
import os
import shutil
import sys
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpus import ROOT, Text
from benchmarks.measure import Cost, measure
from benchmarks.scenarios import SCENARIOS, StaleError, check_out
from benchmarks.tool import Tool
from benchmarks.verify import verify

# Links to other pivots on the pages of the peers; pivotgen chooses its neighbours by itself.
SIBLINGS = 12
OWN_SIBLINGS = 8

# What a cache brings back into a fresh checkout, by the key of the scenario.
RESTORED = {"ledger": (".pivotgen",), "ledger-public": (".pivotgen", "public")}


@dataclass(frozen=True, slots=True)
class Run:
    """One measured build."""

    tool: str
    # Key of a Scenario, a key of RESTORED, or "floor".
    scenario: str
    # Counted from 1.
    round: int
    cost: Cost


def compete(
    corpus: Path,
    texts: Sequence[Text],
    tools: Sequence[Tool],
    work: Path,
    rounds: int,
    tell: Callable[[str], None],
    only: Collection[str] = (),
) -> list[Run]:
    """Build with every tool in every scenario, `rounds` times; each tool gets a folder in `work`.

    `only` names the keys of the scenarios to run; without it, all run, with restored checkouts and
    the floor.

    Within a scenario the tools take turns, and the order turns round in every other round, so that
    a machine that becomes slower or faster does so for all. Raises CommandError when a build
    fails, and StaleError when it does not do what it should.
    """
    for tool in tools:
        tool.prepare(corpus, work / tool.name)
    runs: list[Run] = []

    def take(tool: Tool, scenario: str, number: int, command: Sequence[str], folder: Path) -> None:
        # What the build before has left to be written would be charged to this one.
        os.sync()
        cost = measure(command, folder)
        runs.append(Run(tool.name, scenario, number, cost))
        tell(f"round {number}, {scenario}: {tool.name} {cost.wall:.2f} s, {cost.cpu:.2f} s of CPU")

    for number in range(1, rounds + 1):
        order = tools if number % 2 else tools[::-1]
        for scenario in SCENARIOS:
            if only and scenario.key not in only:
                continue
            for tool in order:
                folder = work / tool.name
                sign = scenario.edit(tool, folder, number)
                take(tool, scenario.key, number, tool.command(folder), folder)
                sign.check(folder / "public")
                if scenario.key == "cold" and number == 1:
                    _require(tool, folder, texts)
        for tool in tools:
            if not tool.own_site and not only:
                _restore(tool, work, number, take)
                _floor(tool, work, number, take)
    return runs


_Take = Callable[[Tool, str, int, Sequence[str], Path], None]


def _require(tool: Tool, folder: Path, texts: Sequence[Text]) -> None:
    siblings = SIBLINGS if tool.own_site else OWN_SIBLINGS
    if faults := verify(folder / "public", texts, siblings):
        raise StaleError(f"{tool.name} made another site:\n" + "\n".join(faults[:10]))


def _restore(tool: Tool, work: Path, number: int, take: _Take) -> None:
    """Build in a fresh checkout with new dates, where only a cache came back."""
    for key, kept in RESTORED.items():
        fresh = work / "fresh"
        fresh.mkdir()
        check_out(tool, work / tool.name, fresh, kept)
        take(tool, key, number, tool.command(fresh), fresh)
        if different := _differing(work / tool.name / "public", fresh / "public"):
            raise StaleError(f"{key}: other bytes in {', '.join(different[:5])}")
        shutil.rmtree(fresh)


def _differing(one: Path, other: Path) -> list[str]:
    names = {
        file.relative_to(root).as_posix()
        for root in (one, other)
        for file in root.rglob("*")
        if file.is_file()
    }
    _, different, missing = filecmp.cmpfiles(one, other, sorted(names), shallow=False)
    return different + missing


def _floor(tool: Tool, work: Path, number: int, take: _Take) -> None:
    out = work / "floor"
    command = [sys.executable, "-m", "benchmarks.floor", str(work / tool.name), str(out)]
    take(tool, "floor", number, command, ROOT)
    shutil.rmtree(out)
