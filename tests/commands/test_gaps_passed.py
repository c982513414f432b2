"""`gaps`: pairs of roles that many routes pass."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from pivotgen.commands._passed_pairs import passed_pairs
from pivotgen.commands.gaps import rank_gaps
from pivotgen.model.window import Window
from tests.world.finder import Move, asked, graph_of, moves_files

WINDOWS = [Window(1, 2, "year"), Window(12, 24, "month"), Window(3, 9, "month")]


def random_graph(seed: int) -> tuple[list[str], list[Move]]:
    random = Random(seed)
    roles = [f"r{number:02}" for number in range(14)]
    pairs = random.sample([(a, b) for a in roles for b in roles if a != b], 24 + seed * 3)
    return roles, [(a, b, random.choice(WINDOWS)) for a, b in pairs]


@pytest.mark.parametrize("seed", range(5))
def test_the_pairs_are_those_of_the_routes_that_the_finder_shows_first(seed: int) -> None:
    roles, moves = random_graph(seed)
    site = graph_of(roles, moves)
    questions = [(a, b) for a in roles for b in roles if a != b]
    expected: Counter[tuple[str, str]] = Counter()
    for answer in asked(moves_files(site), questions):
        if answer["ways"]:
            path = [roles[role] for role in answer["ways"][0]["path"]]
            expected.update(zip(path, path[2:], strict=False))
    assert passed_pairs(site, roles) == expected


def test_a_gap_says_how_many_routes_it_would_shorten() -> None:
    # Three roles lead to a, and c leads to three: their routes all go over b.
    moves = [("a", "b", WINDOWS[0]), ("b", "c", WINDOWS[0])]
    moves += [(f"x{number}", "a", WINDOWS[0]) for number in range(3)]
    moves += [("c", f"y{number}", WINDOWS[0]) for number in range(3)]
    names = sorted({end for a, b, _ in moves for end in (a, b)})
    gaps = list(rank_gaps(graph_of(names, moves), 99))
    [gap] = [gap for gap in gaps if (gap.origin, gap.target) == ("a", "c")]
    told = "the best ways between 16 pairs of roles would be a move shorter"
    assert told in gap.reasons
    [direct] = [gap for gap in gaps if (gap.origin, gap.target) == ("x0", "y0")]
    assert not [reason for reason in direct.reasons if "shorter" in reason]
