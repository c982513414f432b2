"""`gaps`: which pivots are missed most, and why."""

from __future__ import annotations

import json
from collections.abc import Iterable

from pivotgen.commands.gaps import Gap, rank_gaps
from pivotgen.model.role import Role, Skill
from pivotgen.model.site import Node, Site
from tests.world.counting import steps_of
from tests.world.site import World


def site(moves: Iterable[tuple[str, str, str]]) -> Site:
    """A graph of moves, each with its skills; what a ranking does not read is left empty."""
    nodes = {
        f"{a}-to-{b}": Node(
            f"{a}-to-{b}", "", 0, a, b, tuple(skills.split()), None, None, False, (), ()
        )
        for a, b, skills in sorted(moves)
    }
    ends = sorted({end for node in nodes.values() for end in (node.origin, node.target)})
    into = {
        role: tuple(slug for slug, node in nodes.items() if node.target == role) for role in ends
    }
    out = {
        role: tuple(slug for slug, node in nodes.items() if node.origin == role) for role in ends
    }
    skills = sorted({skill for node in nodes.values() for skill in node.skills})
    return Site(
        nodes=nodes,
        roles={role: Role(role.upper(), role, None) for role in ends},
        skills={skill: Skill(skill.title(), skill) for skill in skills},
        into={role: slugs for role, slugs in into.items() if slugs},
        out={role: slugs for role, slugs in out.items() if slugs},
        with_skill={},
        neighbours={},
        pages={},
        addresses={},
        pivots={},
        prose={},
    )


def ranked(moves: Iterable[tuple[str, str, str]], limit: int = 99) -> list[Gap]:
    return list(rank_gaps(site(moves), limit))


# Everyone goes round: a, b, c, d and a again, all with one skill.
ROUND = [("a", "b", "s"), ("b", "c", "s"), ("c", "d", "s"), ("d", "a", "s")]


def pairs(gaps: Iterable[Gap]) -> list[tuple[str, str]]:
    return [(gap.origin, gap.target) for gap in gaps]


def test_a_written_pivot_is_no_gap_and_every_other_pair_is_one() -> None:
    found = pairs(ranked(ROUND))
    assert len(found) == len(set(found)) == 4 * 3 - 4
    assert not {("A", "B"), ("B", "C"), ("C", "D"), ("D", "A")} & set(found)


def test_the_way_out_of_a_dead_end_comes_first_and_says_so() -> None:
    best = ranked([*ROUND, ("b", "d", "s"), ("b", "e", "s"), ("a", "e", "s"), ("a", "d", "s")])[0]
    assert best.origin == "E"
    assert best.reasons[0] == "E is a dead end: 2 pivots lead to it and none leaves it"


def test_a_role_that_nothing_leads_to_and_one_with_a_single_way_in_are_named() -> None:
    found = ranked([*ROUND, ("e", "a", "s"), ("e", "b", "s")])
    assert found[0].target == "E"
    assert "no pivot leads to E yet" in found[0].reasons
    assert any("the only way to D is from C" in gap.reasons for gap in found)


def test_a_long_way_counts_for_more_than_a_short_one_and_is_told() -> None:
    # Round both ways from every role, so that no role has a single way in.
    line = [(a, b, "s") for a, b in zip("abcdef", "bcdefa", strict=True)]
    both = [*line, *((b, a, skills) for a, b, skills in line)]
    found = ranked(both, 3)
    assert [set(pair) for pair in pairs(found)] == [{"A", "D"}, {"B", "E"}, {"C", "F"}]
    assert found[0].reasons[0] == "today it takes 3 moves, through B, then C"


def test_shared_skills_decide_between_two_gaps_that_are_alike() -> None:
    plain = [("a", "x", "p"), ("a", "y", "p"), ("x", "a", "p"), ("y", "a", "p")]
    assert pairs(ranked(plain, 1)) == [("X", "Y")]
    fit = [("a", "x", "p q r"), ("a", "y", "p"), ("x", "a", "p"), ("y", "a", "p q r")]
    [best] = ranked(fit, 1)
    assert (best.origin, best.target) == ("Y", "X")
    assert best.reasons[-1] == "skills carry over: P, Q, R"


def test_one_common_role_does_not_fill_the_list() -> None:
    star = [(f"r{n}", "hub", "s") for n in range(6)] + [("r0", "r1", "s"), ("r1", "r0", "s")]
    found = pairs(ranked(star))
    assert [pair[0] for pair in found[:4]] == ["HUB"] * 4
    # By then another role has more to gain, though the hub has six times its pivots.
    assert found[4:6] == [("R0", "R4"), ("R1", "R5")]


def many_moves(roles: int) -> list[tuple[str, str, str]]:
    """Seven in ten of all the moves between so many roles."""
    return [
        (f"r{a}", f"r{b}", f"s{a % 9} s{b % 7}")
        for a in range(roles)
        for b in range(roles)
        if a != b and (a * 31 + b * 17) % 10 < 7
    ][:10_000]


def test_ten_thousand_pivots_are_ranked_the_same_in_any_order() -> None:
    moves = many_moves(120)
    assert len(moves) > 9_000
    assert ranked(moves, 50) == ranked(reversed(moves), 50)


def test_the_work_of_a_ranking_grows_with_the_pivots_and_not_with_their_square() -> None:
    def steps_per_pivot(roles: int) -> float:
        moves = many_moves(roles)
        whole = site(moves)
        return steps_of(lambda: list(rank_gaps(whole, 50))) / len(moves)

    # The larger site has four times the pivots.
    assert steps_per_pivot(120) < 2 * steps_per_pivot(60)


def test_the_command_prints_reasons_and_a_command_or_json(world: World) -> None:
    world.pivot("Chef", "Nurse")
    world.pivot("Nurse", "Baker")
    stdout = world.run("gaps", "--limit", "1").stdout.splitlines()
    assert stdout[0] == "  1  Baker → Nurse"
    assert stdout[1] == "     Baker is a dead end: 1 pivot leads to it and none leaves it"
    assert stdout[-1] == 'Begin one: pivotgen new "Baker" "Nurse"'
    [first, *_] = json.loads(world.run("gaps", "--json").stdout)
    assert (first["origin"], first["target"], first["reasons"][0]) == (
        "Baker",
        "Nurse",
        stdout[1][5:],
    )


def test_a_site_where_all_is_written_has_no_gaps(world: World) -> None:
    world.pivot("Chef", "Nurse")
    world.pivot("Nurse", "Chef")
    assert world.run("gaps").stdout == "Every role that pivots name leads to every other.\n"
