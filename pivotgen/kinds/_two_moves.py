"""Two moves: where a role leads through another role, for readers whose browser runs no script."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import itemgetter

from pivotgen.model.languages import direction_of
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.phrases import Phrases
from pivotgen.model.site import Node, Site
from pivotgen.model.span import length_of, span_of
from pivotgen.model.view import Link
from pivotgen.model.window import Window

# Moves of a role that are followed, the shortest first, so that the work does not grow with the
# square of a large site; and ways that one page names.
_FOLLOWED = 60
_NAMED = 24

# The longest and the shortest time of a move, the role it leads to, and the move.
_Move = tuple[int, int, str, Node]
# Two pivots may be about one move while the site has that error; nodes have no order.
_rank = itemgetter(0, 1, 2)
# The same of a way, with the role between, and both moves.
_Way = tuple[int, int, str, Node, Node]


@dataclass(frozen=True, slots=True)
class TwoMoves:
    """A role that can be reached in two moves, and the pivots about them."""

    role: str
    first: Link
    second: Link
    window: Window
    # The language of the role's name, where that is not the page's.
    language: str = ""


@dataclass(frozen=True, slots=True)
class Onward:
    """The same as a layout shows it."""

    role: str
    first: Link
    second: Link
    # As text, such as "18–36 months".
    window: str
    # The language of the role's name, where that is not the page's; and how that is read.
    language: str = ""
    direction: str = ""


def onward(way: TwoMoves, phrases: Phrases) -> Onward:
    """A way as a layout shows it."""
    direction = direction_of(way.language) if way.language else ""
    window = phrases.span(way.window)
    return Onward(way.role, way.first, way.second, window, way.language, direction)


def _move(node: Node) -> _Move:
    longest, shortest = length_of(node.window)
    return longest, shortest, node.target, node


class TwoMoveWays:
    """The ways of two moves through a graph."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._out: Mapping[str, Sequence[_Move]] = {
            role: sorted((_move(site.nodes[slug]) for slug in slugs), key=_rank)[:_FOLLOWED]
            for role, slugs in site.out.items()
        }

    def out_of(self, role: str) -> tuple[TwoMoves, ...]:
        """The roles that no pivot from `role` leads to and two do, the shortest ways first."""
        best: dict[str, _Way] = {}
        direct = {role, *(self._site.nodes[slug].target for slug in self._site.out.get(role, ()))}
        # This runs for each pair of moves, so it makes no more values than it must.
        for high, low, via, first in self._out.get(role, ()):
            for longest, shortest, target, second in self._out.get(via, ()):
                if target in direct:
                    continue
                known = best.get(target)
                if known is None or high + longest <= known[0]:
                    way = high + longest, low + shortest, via, first, second
                    if known is None or way[:3] < known[:3]:
                        best[target] = way
        nearest = sorted(best, key=lambda target: (best[target][:2], target))[:_NAMED]
        return tuple(self._two_moves(*best[target][3:]) for target in nearest)

    def _two_moves(self, first: Node, second: Node) -> TwoMoves:
        window = span_of((first.window, second.window))
        role = self._site.roles[second.target]
        return TwoMoves(role.name, self._link(first), self._link(second), window, role.language)

    def _link(self, node: Node) -> Link:
        return self._site.roles[node.target].link(node.address)
