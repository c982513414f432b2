"""The results as a page that a person reads: docs/benchmarks.md."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.parts import CONTEST, DISK, FINDER, LANGUAGES, LARGE, PYTHON
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

# The parts beside the contest: each with its title and what it is about.
_OTHERS = (
    (DISK, "On a disk", "The same builds where making files costs more."),
    (
        PYTHON,
        "Python without optimisation",
        "Two builds of Python, one with what a trial run taught its compiler and one without.",
    ),
    (LARGE, "Large sites beside Hugo", "One cold build."),
)

# What the figures mean and what they do not; the same whatever they are.
_ABOUT = Path(__file__).with_name("about.md")


def results_page(parts: Mapping[str, Results], plot: str, deploys: Sequence[str] = ()) -> str:
    """The page as Markdown, of the parts that were measured; `plot` is the picture beside it.

    `deploys` are the lines about deploys.
    """
    lines = ["# Benchmarks", ""]
    if results := parts.get(CONTEST):
        lines += [
            "This page is written by `make bench` and its like. "
            f"{results.pivots:,} generated pivots of the length of a real page, "
            f"{_rounds(results.rounds)}.",
            "",
            f"![Seconds per build, by tool and scenario]({plot})",
            "",
            "## Promises",
            "",
            *promise_table(parts),
            "",
            "## Every scenario",
            "",
            "Middle of the rounds; ratios to Hugo with the least and the largest.",
            "",
            *_scenario_table(results),
            "",
        ]
    for name, title, words in _OTHERS:
        if part := parts.get(name):
            lines += [
                f"## {title}",
                "",
                f"{words} {part.pivots:,} pivots, {_rounds(part.rounds)}, "
                f"on {part.machine.file_system}.",
                "",
                *_scenario_table(part),
                "",
            ]
    lines += deploys
    lines += _growth_table(parts)
    lines += _answer_table(parts)
    lines += _language_table(parts)
    if results:
        lines += _floor(results)
    lines.append(_ABOUT.read_text("utf-8"))
    return "\n".join([*lines, "## The machine", "", *_machine(parts), ""])


def promise_table(parts: Mapping[str, Results]) -> Iterator[str]:
    """The bounds of pivotgen with what was measured beside them, as lines of Markdown."""
    results = parts[CONTEST]
    large = parts[LARGE].growth if LARGE in parts else ()
    yield f"| {OURS} against {RIVAL}, or against itself | must | aim | measured | |"
    yield "| --- | ---: | ---: | ---: | --- |"
    answers = parts[FINDER].answers if FINDER in parts else ()
    spoken = parts[LANGUAGES].spoken if LANGUAGES in parts else ()
    for promise in promises(results, large, answers, spoken):
        aim = "" if promise.aim is None else f"{promise.aim:g}"
        yield (
            f"| {promise.title} | {promise.must:g} | {aim} | {_spread(promise.measured)} "
            f"| {_verdict(promise)} |"
        )
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


def _growth_table(parts: Mapping[str, Results]) -> Iterator[str]:
    sizes = [
        (size, part.machine.file_system)
        for name in (CONTEST, LARGE)
        if (part := parts.get(name))
        for size in part.growth
    ]
    if not sizes:
        return
    yield "## Growth: pivotgen alone"
    yield ""
    yield (
        "| pivots | files | on | cold, CPU per pivot | cold, wall s | peak MB "
        "| nothing changed, wall s | one body edited, wall s |"
    )
    yield "| ---: | ---: | --- | ---: | ---: | ---: | ---: | ---: |"
    for size, place in sizes:
        yield (
            f"| {size.pivots:,} | {size.files:,} | {place} "
            f"| {size.cold.cpu / size.pivots * 1e3:.2f} ms "
            f"| {size.cold.wall:.1f} | {size.cold.memory / 1e6:.0f} | {size.nothing.wall:.2f} "
            f"| {size.body.wall:.2f} |"
        )
    yield ""


def _answer_table(parts: Mapping[str, Results]) -> Iterator[str]:
    if FINDER not in parts:
        return
    part = parts[FINDER]
    yield "## The finder"
    yield ""
    yield (
        "The first answer that a reader gets on /find/, in Chromium with the processor made four "
        f"times slower; {_rounds(part.rounds)}. Bytes are compressed with gzip."
    )
    yield ""
    yield (
        "| moves | roles | page with its styles and scripts | moves loaded | first letter to list "
        "| press to answer | scripts until then | a search of two words loads | to its results |"
    )
    yield f"|{' ---: |' * 9}"
    for answer in part.answers:
        yield (
            f"| {answer.moves:,} | {answer.roles:,} | {answer.page / 1e3:.1f} kB "
            f"| {answer.data / 1e3:.1f} kB | {answer.listed:.0f} ms | {answer.answered:.0f} ms "
            f"| {answer.scripts:.0f} ms | {answer.search_data / 1e3:.1f} kB "
            f"| {answer.searched:.0f} ms |"
        )
    yield ""


def _language_table(parts: Mapping[str, Results]) -> Iterator[str]:
    if LANGUAGES not in parts:
        return
    part = parts[LANGUAGES]
    yield "## Languages"
    yield ""
    yield (
        f"The same {part.pivots:,} pivots in one language, and in three with every text "
        f"translated; {_rounds(part.rounds)}, on {part.machine.file_system}."
    )
    yield ""
    yield (
        "| languages | files | cold, CPU s | cold, wall s | peak MB | nothing changed, wall s "
        "| one body edited, wall s |"
    )
    yield f"|{' ---: |' * 7}"
    for site in part.spoken:
        yield (
            f"| {site.languages} | {site.files:,} | {site.cold.cpu:.2f} | {site.cold.wall:.2f} "
            f"| {site.cold.memory / 1e6:.0f} | {site.nothing.wall:.2f} | {site.body.wall:.2f} |"
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


def _machine(parts: Mapping[str, Results]) -> Iterator[str]:
    # The parts that were measured on the same machine stand in one sentence.
    places: dict[str, list[str]] = {}
    for name, part in parts.items():
        machine = part.machine
        words = (
            f"{machine.processor}, {machine.cores} cores, {machine.memory / 2**30:.0f} GiB of "
            f"memory, {machine.system}"
        )
        places.setdefault(words, []).append(f"{name} on {machine.file_system}")
    for words, builds in places.items():
        yield f"{words}; {', '.join(builds)}."
        yield ""
    versions = {tool: told for part in parts.values() for tool, told in part.versions.items()}
    for tool, version in versions.items():
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
