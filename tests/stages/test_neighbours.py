"""The laws of neighbours, on random graphs; small ones against every possible arrangement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from pivotgen.stages.link.neighbours import LEAST, MOST, Move, choose_neighbours
from tests.world.thorough import tries


def move(origin: str, target: str, skills: Iterable[str]) -> Move:
    return Move(origin, target, tuple(sorted(skills)))


ROLES = [f"role-{letter}" for letter in "abcdefgh"]
SKILLS = [f"skill-{letter}" for letter in "uvwxyz"]
pairs = st.tuples(st.sampled_from(ROLES), st.sampled_from(ROLES)).filter(lambda p: p[0] != p[1])
graphs = st.dictionaries(
    pairs, st.frozensets(st.sampled_from(SKILLS), min_size=1, max_size=3), max_size=30
).map(lambda found: {f"{a}-to-{b}": move(a, b, skills) for (a, b), skills in found.items()})


@dataclass
class Named:
    """Neighbours by slug."""

    siblings: list[str]
    onward: list[str]
    kindred: list[str]
    back: str


def related(moves: dict[str, Move]) -> dict[str, Named]:
    slugs = sorted(moves)
    chosen = choose_neighbours([moves[slug] for slug in slugs])
    return {
        slug: Named(
            [slugs[place] for place in near.siblings],
            [slugs[place] for place in near.onward],
            [slugs[place] for place in near.kindred],
            "" if near.back is None else slugs[near.back],
        )
        for slug, near in zip(slugs, chosen, strict=True)
    }


def led_to(chosen: dict[str, Named]) -> Counter[str]:
    return Counter(
        other
        for near in chosen.values()
        for other in {*near.siblings, *near.onward, *near.kindred, near.back} - {""}
    )


def way(moves: dict[str, Move], page: str, other: str) -> str:
    """How a page may lead to a pivot, said again in the plainest way."""
    here, there = moves[page], moves[other]
    if page == other:
        return ""
    if here.target == there.target:
        return "sibling"
    if (here.origin, here.target) == (there.target, there.origin):
        return "back"
    if here.target == there.origin:
        return "onward"
    return "kindred" if set(here.skills) & set(there.skills) else ""


def best_possible(moves: dict[str, Move]) -> int:
    """The most links, counted up to LEAST per pivot, that any arrangement can give: max flow."""
    need = {}
    for slug in moves:
        back = any(way(moves, page, slug) == "back" for page in moves)
        need[slug] = LEAST - back
    given_to: dict[tuple[str, str], list[str]] = {}

    def place(slug: str, tried: set[tuple[str, str]]) -> bool:
        for page in moves:
            where = page, way(moves, page, slug)
            if where[1] in ("", "back") or where in tried:
                continue
            held = given_to.setdefault(where, [])
            if slug in held:
                continue
            tried.add(where)
            if len(held) < MOST:
                held.append(slug)
                return True
            for one in list(held):
                held.remove(one)
                held.append(slug)
                if place(one, tried):
                    return True
                held.remove(slug)
                held.append(one)
        return False

    total = sum(LEAST - count for count in need.values())
    for slug, count in need.items():
        total += sum(place(slug, set()) for _ in range(count))
    return total


@given(graphs)
@tries(150)
def test_as_many_pivots_as_possible_get_their_two_links(moves: dict[str, Move]) -> None:
    inbound = led_to(related(moves))
    assert sum(min(LEAST, inbound[slug]) for slug in moves) == best_possible(moves)


@given(graphs)
@tries(100)
def test_every_link_is_what_its_list_says_and_no_list_is_too_long(moves: dict[str, Move]) -> None:
    for page, near in related(moves).items():
        for kind, list_ in (
            ("sibling", near.siblings),
            ("onward", near.onward),
            ("kindred", near.kindred),
        ):
            assert len(list_) <= MOST
            assert len(set(list_)) == len(list_)
            assert all(way(moves, page, other) == kind for other in list_)
        assert not near.back or way(moves, page, near.back) == "back"


@given(graphs)
@tries(100)
def test_no_page_is_a_dead_end_when_anything_is_related_to_it(moves: dict[str, Move]) -> None:
    for page, near in related(moves).items():
        if any(way(moves, page, other) for other in moves):
            assert near.siblings or near.onward or near.kindred or near.back


@given(st.integers(3, 120))
@tries(30)
def test_no_pivot_of_a_group_is_led_to_more_than_half_again_its_share(size: int) -> None:
    moves = {f"p{n:03}": move(f"r{n}", "hub", [f"s{n % 7}", f"t{n % 3}"]) for n in range(size)}
    inbound = led_to(related(moves))
    assert min(inbound[slug] for slug in moves) >= LEAST
    assert max(inbound.values()) <= MOST * 3 // 2


def test_what_is_most_alike_comes_first() -> None:
    moves = {
        "a": move("a", "hub", ["rare", "common"]),
        "b": move("b", "hub", ["common"]),
        "c": move("c", "hub", ["rare"]),
        "d": move("d", "hub", ["common"]),
    }
    assert related(moves)["a"].siblings[0] == "c"
