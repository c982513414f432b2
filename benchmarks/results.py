"""What was measured, and what it says about the promises."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks.contest import Run
from benchmarks.finder import Answer
from benchmarks.growth import Size
from benchmarks.languages import Spoken
from benchmarks.machine import Machine
from benchmarks.measure import Cost

# All ratios are to this tool, and the promises are about this one.
RIVAL, OURS = "Hugo", "pivotgen"


@dataclass(frozen=True, slots=True)
class Results:
    """One run of the benchmark."""

    machine: Machine
    # Name of a tool and its version.
    versions: dict[str, str]
    pivots: int
    rounds: int
    runs: Sequence[Run]
    growth: Sequence[Size]
    answers: Sequence[Answer] = ()
    spoken: Sequence[Spoken] = ()


@dataclass(frozen=True, slots=True)
class Spread:
    """The least, the middle and the largest of some figures."""

    least: float
    middle: float
    most: float


@dataclass(frozen=True, slots=True)
class Promise:
    """A bound that pivotgen must keep, the aim beyond it, and what was measured (None: nothing)."""

    title: str
    must: float
    # None where there is no aim beyond the bound.
    aim: float | None
    measured: Spread | None

    @property
    def kept(self) -> bool | None:
        """Whether the middle of the figures is within the bound; None when nothing was measured."""
        return None if self.measured is None else self.measured.middle <= self.must


def promises(
    results: Results,
    large: Sequence[Size] = (),
    answers: Sequence[Answer] = (),
    spoken: Sequence[Spoken] = (),
) -> list[Promise]:
    """Every promise with what this run says of it; the rest was measured at another time."""
    against = (
        ("cold, CPU", "cold", "cpu", 0.8, 0.5),
        ("cold, wall", "cold", "wall", 0.8, 0.5),
        ("peak memory, all processes", "cold", "memory", 0.4, 0.2),
        ("nothing changed, wall", "nothing", "wall", 0.06, 0.02),
        ("one body edited, wall", "body", "wall", 0.08, 0.03),
        ("one layout edited, wall", "layout", "wall", 0.6, 0.35),
    )
    return [
        Promise(title, must, aim, ratio(results, OURS, scenario, figure))
        for title, scenario, figure, must, aim in against
    ] + [*_growth([*results.growth, *large]), _first_answer(answers), _in_languages(spoken)]


def _first_answer(answers: Sequence[Answer]) -> Promise:
    kilobytes = [(answer.page + answer.data) / 1e3 for answer in answers if answer.moves == 10_000]
    return Promise("first answer of the finder, 10,000 moves, kB", 50, None, spread(kilobytes))


def _in_languages(spoken: Sequence[Spoken]) -> Promise:
    alone = [site.cold.cpu for site in spoken if site.languages == 1]
    three = [site.cold.cpu for site in spoken if site.languages == 3]
    ratios = [many / one for many, one in zip(three, alone, strict=False)]
    return Promise("three languages against one, cold, CPU", 3.1, None, spread(ratios))


def _growth(sizes: Sequence[Size]) -> list[Promise]:
    by_pivots = {size.pivots: size for size in sizes}
    small, large, huge = (by_pivots.get(n) for n in (10_000, 100_000, 1_000_000))
    per_page = memory = million = None
    if small and large:
        grown = (large.cold.cpu / large.pivots) / (small.cold.cpu / small.pivots)
        per_page = Spread(grown, grown, grown)
        grown = large.cold.memory / small.cold.memory
        memory = Spread(grown, grown, grown)
    if huge:
        gib = huge.cold.memory / 2**30
        million = Spread(gib, gib, gib)
    return [
        Promise("CPU per page, 100,000 pivots against 10,000", 1.15, None, per_page),
        Promise("peak memory, 100,000 pivots against 10,000", 2.5, None, memory),
        Promise("peak memory of a million pivots, GiB", 6, None, million),
    ]


def figures(results: Results, tool: str, scenario: str, figure: str) -> dict[int, float]:
    """One figure ("cpu", "wall" or "memory") of a tool in a scenario, by round."""
    return {
        run.round: float(getattr(run.cost, figure))
        for run in results.runs
        if (run.tool, run.scenario) == (tool, scenario)
    }


def ratio(results: Results, tool: str, scenario: str, figure: str) -> Spread | None:
    """A tool's figure divided by the rival's of the same round; None without both.

    A checkout with a restored ledger is a cold build to the rival, which keeps no ledger.
    """
    ours = figures(results, tool, scenario, figure)
    theirs = figures(results, RIVAL, scenario, figure) or figures(results, RIVAL, "cold", figure)
    return spread([ours[number] / theirs[number] for number in ours if number in theirs])


def spread(values: Sequence[float]) -> Spread | None:
    """Least, middle and most of `values`; None when there are none."""
    return Spread(min(values), median(values), max(values)) if values else None


def middle(results: Results, tool: str, scenario: str) -> Cost | None:
    """The middle of each figure over the rounds; None when the tool did not run."""
    costs = [run.cost for run in results.runs if (run.tool, run.scenario) == (tool, scenario)]
    if not costs:
        return None
    return Cost(
        median(cost.cpu for cost in costs),
        median(cost.wall for cost in costs),
        int(median(cost.memory for cost in costs)),
    )
