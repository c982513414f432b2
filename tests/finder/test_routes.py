"""Ways between roles: the shipped script against another search, on random graphs.

The other search grows nothing from two ends and keeps no best ways: it counts moves with sets, then
writes out every way with the fewest moves, and sorts them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from random import Random
from typing import Any

import pytest

from pivotgen.kinds import moves
from pivotgen.model.address import pivot_address
from pivotgen.model.span import span_of
from pivotgen.model.window import Window
from tests.world.finder import Move, asked, graph_of, moves_files

GRAPHS, QUESTIONS = 50, 40
DAYS = {"week": Fraction(7), "month": Fraction(487, 16), "year": Fraction(1461, 4)}
# Few windows, so that many ways are equally long; some of them are equal in another unit.
WINDOWS = [
    Window(1, 2, "year"),
    Window(12, 24, "month"),
    Window(3, 9, "month"),
    Window(6, 9, "month"),
    Window(4, 8, "week"),
    Window(2, 2, "month"),
]
_Moves = Mapping[str, Mapping[str, Window]]


def random_moves(random: Random) -> tuple[list[str], list[Move]]:
    count = random.choice([2, 5, 12, 40, 70])
    roles = [f"r{number:02}" for number in range(count)]
    pairs = [(a, b) for a in roles for b in roles if a != b]
    wanted = int(count * random.choice([0.7, 1.3, 2.5, 6]))
    chosen = random.sample(pairs, min(len(pairs), wanted))
    return roles, [(a, b, random.choice(WINDOWS)) for a, b in chosen]


def every_way(
    out: _Moves, path: tuple[str, ...], near: list[set[str]]
) -> Iterator[tuple[str, ...]]:
    """Every way on from a path; `near` are the roles from which the end is 0, 1, 2 … moves away."""
    if len(near) == 1:
        yield path
    for other in out.get(path[-1], {}):
        if len(near) > 1 and other in near[-2]:
            yield from every_way(out, (*path, other), near[:-1])


def best_ways(out: _Moves, start: str, to: str) -> list[tuple[tuple[str, ...], list[Window]]]:
    """The three best ways, and the windows of their moves."""
    near, all_near = [{to}], {to}
    while start not in near[-1]:
        more = {role for role in out if near[-1] & out[role].keys()} - all_near
        if not more:
            return []
        near.append(more)
        all_near |= more
    told = []
    for path in every_way(out, (start,), near):
        windows = [out[a][b] for a, b in pairwise(path)]
        longest = sum(window.maximum * DAYS[window.unit] for window in windows)
        shortest = sum(window.minimum * DAYS[window.unit] for window in windows)
        told.append((longest, shortest, path, windows))
    return [(path, windows) for _, _, path, windows in sorted(told)[:3]]


def span_in_words(windows: list[Window]) -> dict[str, Any]:
    """The windows added up, by fractions of days."""
    units = {window.unit for window in windows}
    unit = units.pop() if len(units) == 1 else "month"
    ends = [
        sum((window.minimum * DAYS[window.unit] for window in windows), Fraction()),
        sum((window.maximum * DAYS[window.unit] for window in windows), Fraction()),
    ]
    if unit == "month" and ends[0] >= 36 * DAYS["month"]:
        unit = "year"
    low, high = (int(end / DAYS[unit] + Fraction(1, 2)) for end in ends)
    return {"low": low, "high": high, "unit": unit[0]}


@pytest.mark.parametrize("apart", [False, True], ids=["one file", "a file for each role"])
def test_the_script_finds_what_another_search_finds(
    monkeypatch: pytest.MonkeyPatch, apart: bool
) -> None:
    if apart:
        monkeypatch.setattr(moves, "_IN_FILE", 0)
    random = Random(f"ways, {apart}")
    lengths: defaultdict[int, int] = defaultdict(int)
    for _ in range(GRAPHS // 2):
        roles, made = random_moves(random)
        files = moves_files(graph_of(roles, made))
        assert len(files) == (1 + len(roles) if apart else 1)
        pairs = [(random.choice(roles), random.choice(roles)) for _ in range(QUESTIONS)]
        out: defaultdict[str, dict[str, Window]] = defaultdict(dict)
        for a, b, window in made:
            out[a][b] = window
        for (start, to), answer in zip(pairs, asked(files, pairs), strict=True):
            expected = [] if start == to else best_ways(out, start, to)
            assert [tuple(roles[role] for role in way["path"]) for way in answer["ways"]] == [
                path for path, _ in expected
            ], (made, start, to)
            for way, (path, windows) in zip(answer["ways"], expected, strict=True):
                assert way["span"] == span_in_words(windows), (path, windows)
                total = span_of(windows)
                assert way["span"] == {
                    "low": total.minimum,
                    "high": total.maximum,
                    "unit": total.unit[0],
                }
                assert way["pages"] == [f"{a}-to-{b}" for a, b in pairwise(path)]
            lengths[len(expected[0][0]) - 1 if expected else 0] += 1
    # The graphs ask for what is hard: no way at all, and ways of many moves.
    assert lengths[0] > 100
    assert sum(count for moves, count in lengths.items() if moves >= 3) > 60


def test_a_pivot_with_an_address_of_its_own_is_linked_by_it() -> None:
    window = Window(1, 1, "month")
    site = graph_of(["a", "b", "c"], [("a", "b", window), ("b", "c", window)])
    node = site.nodes["a-to-b"]
    renamed = dict(site.nodes)
    renamed["a-to-b"] = replace(node, slug="another-name", address=pivot_address("another-name"))
    files = moves_files(replace(site, nodes=renamed))
    [answer] = asked(files, [("a", "c")])
    assert answer["ways"][0]["pages"] == ["another-name", "b-to-c"]


def test_where_there_is_no_way_the_nearest_roles_of_the_same_field_are_told() -> None:
    window = Window(1, 1, "month")
    fields = {"nurse": "Health", "medic": "Health", "cook": "Food", "baker": "Food", "chef": "Food"}
    made = [("nurse", "cook", window), ("cook", "baker", window), ("medic", "chef", window)]
    files = moves_files(graph_of(fields, made, fields))
    [answer] = asked(files, [("nurse", "chef")])
    names = sorted(fields)
    assert answer["ways"] == []
    ahead, behind = ([names[role] for role in near] for near in answer["near"])
    assert ahead == ["cook", "baker"]
    assert behind == ["medic"]
