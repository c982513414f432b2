"""What can be reached from a role in two moves, without any script."""

from __future__ import annotations

from random import Random

import pytest

from pivotgen.kinds import _two_moves
from pivotgen.kinds._two_moves import TwoMoveWays
from pivotgen.model.span import length_of, span_of
from pivotgen.model.window import Window
from tests.world.edits import edit, first, links, page
from tests.world.finder import Move, graph_of
from tests.world.site import PIVOT, World

WINDOWS = [
    Window(1, 2, "year"),
    Window(12, 24, "month"),
    Window(3, 9, "month"),
    Window(4, 8, "week"),
]


def random_graph(seed: int, count: int, moves: int) -> tuple[list[str], list[Move]]:
    random = Random(seed)
    roles = [f"r{number:02}" for number in range(count)]
    pairs = random.sample([(a, b) for a in roles for b in roles if a != b], moves)
    return roles, [(a, b, random.choice(WINDOWS)) for a, b in pairs]


@pytest.mark.parametrize("seed", range(8))
def test_every_role_two_moves_away_is_told_by_its_shortest_way(seed: int) -> None:
    roles, moves = random_graph(seed, 12, 24 + seed * 3)
    windows = {(a, b): window for a, b, window in moves}
    ways = TwoMoveWays(graph_of(roles, moves))
    for start in roles:
        expected: dict[str, tuple[int, int, str, str, Window]] = {}
        for via in roles:
            for end in roles:
                if {(start, via), (via, end)} <= windows.keys() and end != start:
                    both = windows[start, via], windows[via, end]
                    high, low = (sum(part) for part in zip(*map(length_of, both), strict=True))
                    if (start, end) not in windows:
                        way = high, low, via, end, span_of(both)
                        expected[end] = min(way, expected.get(end, way), key=lambda one: one[:3])
        told = [(way.first.url, way.second.url, way.role, way.window) for way in ways.out_of(start)]
        ordered = sorted(expected.values(), key=lambda way: (way[0], way[1], way[3]))
        assert told == [
            (f"/pivots/{start}-to-{via}/", f"/pivots/{via}-to-{end}/", end, span)
            for _, _, via, end, span in ordered
        ]


def test_a_role_that_leads_everywhere_names_only_the_nearest() -> None:
    roles = [f"r{number:03}" for number in range(90)]
    window = Window(1, 2, "month")
    longer = Window(3, 4, "month")
    moves = [("r000", "r001", window)]
    moves += [("r001", role, longer if role < "r040" else window) for role in roles[2:]]
    told = TwoMoveWays(graph_of(roles, moves)).out_of("r000")
    # The 60 shortest moves are followed, and 24 ways are named.
    assert [way.role for way in told] == roles[40:64]
    assert len(told) == _two_moves._NAMED


def test_the_page_of_a_role_says_where_two_moves_lead_and_how_long_they_take(world: World) -> None:
    path = world.pivot("Chef", "Nurse")
    edit(world, path, "3–9 months", "2–4 weeks")
    world.pivot("Nurse", "Pilot")
    world.pivot("Nurse", "Chef")
    assert world.run("build").returncode == 0
    tree = page(world, "from/chef")
    assert links(tree, ".two-moves li a") == ["/pivots/chef-to-nurse/", "/pivots/nurse-to-pilot/"]
    # Two to four weeks and three to nine months, in months.
    assert first(tree, ".two-moves li .meta").text() == "3–10 months"
    assert first(tree, ".two-moves strong").text() == "Pilot"
    assert not page(world, "to/chef").css(".two-moves")
    assert not page(world, "from/nurse").css(".two-moves")


def test_only_the_first_page_of_a_long_list_has_them(world: World) -> None:
    world.setting("page_size=1")
    for name in ("Nurse", "Baker"):
        world.pivot("Chef", name)
        world.pivot(name, "Pilot", PIVOT)
    assert world.run("build").returncode == 0
    assert len(page(world, "from/chef").css(".two-moves li")) == 1
    assert not page(world, "from/chef/page/2").css(".two-moves")
