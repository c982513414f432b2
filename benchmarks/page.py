"""The results as a page that a person reads: docs/benchmarks.md."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks.results import (
    OURS,
    RIVAL,
    Promise,
    Results,
    Spread,
    middle,
    promises,
    ratio,
    spread,
)
from benchmarks.results import figures as _figures
from benchmarks.scenarios import SCENARIOS

# Titles of the lines, in their order; the last two exist for pivotgen only.
TITLES = {scenario.key: scenario.title for scenario in SCENARIOS} | {
    "ledger": "ledger restored",
    "ledger-public": "ledger, public/ restored",
}

# What the figures mean and what they do not; the same whatever they are.
_ABOUT = Path(__file__).with_name("about.md")


def results_page(results: Results, plot: str) -> str:
    """The page as Markdown; `plot` is the address of the picture beside it."""
    return "\n".join(
        [
            "# Benchmarks",
            "",
            "This page is written by `make bench`. "
            f"{results.pivots:,} generated pivots of the length of a real page, "
            f"{_rounds(results.rounds)}.",
            "",
            f"![Seconds per build, by tool and scenario]({plot})",
            "",
            "## Promises",
            "",
            *promise_table(results),
            "",
            "## Every scenario",
            "",
            "Middle of the rounds; ratios to Hugo with the least and the largest.",
            "",
            *_scenario_table(results),
            "",
            *_growth_table(results),
            *_floor(results),
            _ABOUT.read_text("utf-8"),
            "## The machine",
            "",
            *_machine(results),
            "",
        ]
    )


def promise_table(results: Results) -> Iterator[str]:
    """The bounds of pivotgen with what was measured beside them, as lines of Markdown."""
    yield f"| {OURS} against {RIVAL}, or against itself | must | aim | measured | |"
    yield "| --- | ---: | ---: | ---: | --- |"
    for one in promises(results):
        aim = "" if one.aim is None else f"{one.aim:g}"
        yield f"| {one.title} | {one.must:g} | {aim} | {_spread(one.measured)} | {_verdict(one)} |"
    if results.pivots < 10_000:
        yield ""
        yield f"The bounds are meant for 10,000 pivots; this run had {results.pivots:,}."


def _verdict(promise: Promise) -> str:
    if promise.measured is None:
        return "not measured"
    if promise.aim is not None and promise.measured.middle <= promise.aim:
        return "aim reached"
    return "kept" if promise.kept else "**missed**"


def _scenario_table(results: Results) -> Iterator[str]:
    yield "| | tool | CPU s | wall s | peak MB | CPU | wall | memory |"
    yield "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |"
    for key, title in TITLES.items():
        for tool in results.versions:
            cost = middle(results, tool, key)
            if cost is not None:
                ratios = (
                    _spread(ratio(results, tool, key, figure))
                    for figure in ("cpu", "wall", "memory")
                )
                yield (
                    f"| {title} | {tool} | {cost.cpu:.2f} | {cost.wall:.2f} "
                    f"| {cost.memory / 1e6:.0f} | {' | '.join(ratios)} |"
                )
                title = ""


def _growth_table(results: Results) -> Iterator[str]:
    if not results.growth:
        return
    yield "## Growth: pivotgen alone"
    yield ""
    yield (
        "| pivots | files | cold, CPU per pivot | cold, wall s | peak MB | nothing changed, wall s "
        "| one body edited, wall s |"
    )
    yield "| ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
    for size in results.growth:
        yield (
            f"| {size.pivots:,} | {size.files:,} | {size.cold.cpu / size.pivots * 1e3:.2f} ms "
            f"| {size.cold.wall:.1f} | {size.cold.memory / 1e6:.0f} | {size.nothing.wall:.2f} "
            f"| {size.body.wall:.2f} |"
        )
    yield ""


def _floor(results: Results) -> Iterator[str]:
    floor, cold = middle(results, OURS, "floor"), middle(results, OURS, "cold")
    if floor is None or cold is None:
        return
    ours = _figures(results, OURS, "cold", "cpu")
    least = _figures(results, OURS, "floor", "cpu")
    times = spread([ours[number] / least[number] for number in ours])
    yield "## The floor"
    yield ""
    yield (
        f"Reading the sources and writing the same bytes takes {floor.cpu:.2f} s of CPU and "
        f"{floor.wall:.2f} s. pivotgen's cold build takes {_spread(times)} times as much CPU."
    )
    yield ""


def _machine(results: Results) -> Iterator[str]:
    machine = results.machine
    yield (
        f"{machine.processor}, {machine.cores} cores, {machine.memory / 2**30:.0f} GiB of memory, "
        f"{machine.system}, builds on {machine.file_system}."
    )
    yield ""
    for tool, version in results.versions.items():
        yield f"- {tool} {version}"


def _spread(one: Spread | None) -> str:
    if one is None:
        return ""
    text = _short(one.middle)
    return text if one.least == one.most else f"{text} ({_short(one.least)}–{_short(one.most)})"


def _short(value: float) -> str:
    return f"{value:.3f}" if value < 0.1 else f"{value:.2f}"


def _rounds(count: int) -> str:
    return "one round" if count == 1 else f"{count} rounds"
