"""Passed pairs: which roles many routes pass one after the other, with a third between them.

A pivot from the first to the last would make each of those routes a move shorter. A route is the
way that the finder shows first: the fewest moves, then the shortest time.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from pivotgen.model.site import Site
from pivotgen.model.span import length_of

# A move to a role, and how long it takes.
_Moves = Mapping[str, Sequence[tuple[str, tuple[int, int]]]]


def passed_pairs(site: Site, roles: Sequence[str]) -> Counter[tuple[str, str]]:
    """How many routes from these roles pass each pair of roles that is two moves apart."""
    moves: _Moves = {
        role: sorted(
            (site.nodes[slug].target, length_of(site.nodes[slug].window)) for slug in slugs
        )
        for role, slugs in site.out.items()
    }
    passed: Counter[tuple[str, str]] = Counter()
    for start in roles:
        passed.update(_passed_from(start, moves))
    return passed


def _passed_from(start: str, moves: _Moves) -> Counter[tuple[str, str]]:
    """The same for the routes from one role: a tree, in which each role is reached once."""
    before, layers = _routes_from(start, moves)
    # The routes that go through a role or end there.
    through: defaultdict[str, int] = defaultdict(int)
    passed: Counter[tuple[str, str]] = Counter()
    for layer in reversed(layers[1:]):
        for role in layer:
            through[role] += 1
            through[before[role]] += through[role]
            if before[role] != start:
                passed[before[before[role]], role] += through[role]
    return passed


def _routes_from(start: str, moves: _Moves) -> tuple[dict[str, str], list[list[str]]]:
    """The role before each role on the best route from `start`; and the roles by their moves.

    The roles of a layer are in the order of their routes, the best first.
    """
    before: dict[str, str] = {}
    times = {start: (0, 0)}
    layers = [[start]]
    while layers[-1]:
        best: dict[str, tuple[int, int, int]] = {}
        for place, role in enumerate(layers[-1]):
            high, low = times[role]
            for other, (longest, shortest) in moves.get(role, ()):
                if other in times:
                    continue
                rank = high + longest, low + shortest, place
                if other not in best or rank < best[other]:
                    best[other] = rank
                    before[other] = role
        times |= {role: rank[:2] for role, rank in best.items()}
        layers.append(_by_path(best, before, layers[-1]))
    return before, layers


def _by_path(
    best: Mapping[str, tuple[int, int, int]], before: Mapping[str, str], last: Sequence[str]
) -> list[str]:
    """The roles of a layer in the order of their paths, which decides between equal times."""
    place = {role: number for number, role in enumerate(last)}
    return sorted(best, key=lambda role: (place[before[role]], role))
