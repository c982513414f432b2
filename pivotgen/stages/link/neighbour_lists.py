"""Neighbour lists: the links of all pivots' pages while they are being chosen.

A pivot is a number here, its place in the order of slugs. This saves memory, because all pivots
are in memory at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.stages.link.skill_similarity import SkillSimilarity

# The kinds of links that have a list.
SIBLING, ONWARD, KINDRED = range(3)
_KINDS = 3
# What needs no list: the way back, and two pivots that have nothing in common.
_BACK, _UNRELATED = -1, -2


@dataclass(frozen=True, slots=True)
class Move:
    """What the choice knows of one pivot: the slugs of its roles and skills, each skill once."""

    origin: str
    target: str
    skills: tuple[str, ...]


class NeighbourLists:
    """Three lists for each page, one for each kind of link.

    A list has a number, which `list_number` gives.
    """

    def __init__(self, moves: Sequence[Move]) -> None:
        self.moves = moves
        # Pivots by the role they lead to, and by the role they start from.
        self.into: defaultdict[str, list[int]] = defaultdict(list)
        self.out: defaultdict[str, list[int]] = defaultdict(list)
        by_roles: dict[tuple[str, str], int] = {}
        for page, move in enumerate(moves):
            self.into[move.target].append(page)
            self.out[move.origin].append(page)
            by_roles.setdefault((move.origin, move.target), page)
        # The reverse of each pivot, if there is one.
        self.back = [by_roles.get((move.target, move.origin)) for move in moves]
        self.similarity = SkillSimilarity([move.skills for move in moves])
        # None stands for an empty list, because most lists of kindred pivots stay empty.
        self._lists: list[list[int] | None] = [None] * (_KINDS * len(moves))
        # How many pages link to each pivot.
        self.inbound = [0] * len(moves)
        for back in self.back:
            if back is not None:
                self.inbound[back] += 1

    def get(self, number: int) -> Sequence[int]:
        """The pivots of one list, to be read."""
        return self._lists[number] or ()

    def replace(self, number: int, pivots: list[int]) -> None:
        """Make `pivots` the whole of one list; the caller counts them in `inbound`."""
        self._lists[number] = pivots

    def add(self, number: int, pivot: int) -> None:
        """Append a pivot to one list."""
        self._list(number).append(pivot)
        self.inbound[pivot] += 1

    def remove(self, number: int, pivot: int) -> None:
        """Take a pivot out of one list."""
        self._list(number).remove(pivot)
        self.inbound[pivot] -= 1

    def ordered(self, page: int, kind: int) -> tuple[int, ...]:
        """One list of a page, the pivots with most in common first."""
        pivots = self.get(list_number(page, kind))
        if not pivots:
            return ()
        bits, weight = self.similarity.bits, self.similarity.weight
        mine = bits[page]
        return tuple(sorted(pivots, key=lambda other: (-weight[mine & bits[other]], other)))

    def lists_for(self, pivot: int) -> Iterator[int]:
        """The number of every list that may hold a pivot.

        The lists of pages that have a role in common with it come first.
        """
        move = self.moves[pivot]
        related = [*self.into[move.target], *self.into.get(move.origin, ())]
        for page in related:
            if page != pivot and (kind := self.kind(page, pivot)) >= 0:
                yield list_number(page, kind)
        for page in self.similarity.most_similar(pivot):
            if self.kind(page, pivot) == KINDRED:
                yield list_number(page, KINDRED)

    def kind(self, page: int, other: int) -> int:
        """The kind of a link from `page` to `other`."""
        here, there = self.moves[page], self.moves[other]
        if here.target == there.target:
            return SIBLING
        if self.back[page] == other:
            return _BACK
        if here.target == there.origin:
            return ONWARD
        bits = self.similarity.bits
        return KINDRED if bits[page] & bits[other] else _UNRELATED

    def _list(self, number: int) -> list[int]:
        """One list, to be changed."""
        if (pivots := self._lists[number]) is None:
            pivots = self._lists[number] = []
        return pivots


def list_number(page: int, kind: int) -> int:
    """The number of the list of one kind on one page."""
    return page * _KINDS + kind
