"""Neighbours: which other pivots each pivot's page links to, chosen for the whole site at once.

Only frontmatter counts, so that editing a text changes no link. There are four kinds of links,
told apart by the roles of the two pivots: a *sibling* leads to the same role, an *onward* pivot
starts where this one ends, the *way back* is the reverse move, and *kindred* pivots share a skill.

The lists are filled in three steps:

1. The most similar pairs come first, with a limit on how many pages may link to one pivot.
2. Pages that have too few links get more, without that limit.
3. Pivots that too few pages link to get links from lists that can spare one, along augmenting
   paths (H. W. Kuhn, The Hungarian Method for the Assignment Problem, Naval Research Logistics
   Quarterly 2, 1955). This ends when no further pivot can be given a link.

A pivot is a number here, its place in the order of slugs. This saves memory, because all pivots
are in memory at once.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pivotgen.model.site import Neighbours
from pivotgen.stages.link.skill_similarity import SkillSimilarity

# The most links of each kind on one page.
MOST = 4
# The links that every pivot should get from the pages of other pivots.
LEAST = 2
# How many candidates one page looks at. This is enough for a good choice, and it keeps the work
# in proportion to the number of pivots.
_WINDOW = 12

# The kinds of links that have a list.
_SIBLING, _ONWARD, _KINDRED = range(3)
_KINDS = 3
# What needs no list: the way back, and two pivots that have nothing in common.
_BACK, _UNRELATED = -1, -2


@dataclass(frozen=True, slots=True)
class Move:
    """What the choice knows of one pivot: the slugs of its roles and skills, each skill once."""

    origin: str
    target: str
    skills: tuple[str, ...]


def choose_neighbours(moves: Sequence[Move]) -> list[Neighbours]:
    """The neighbours of every pivot; moves and neighbours are in the order of slugs."""
    lists = _NeighbourLists(moves)
    lists.fill()
    lists.repair()
    lists.fill_empty()
    return [
        Neighbours(
            siblings=lists.ordered(page, _SIBLING),
            onward=lists.ordered(page, _ONWARD),
            kindred=lists.ordered(page, _KINDRED),
            back=lists.back[page],
        )
        for page in range(len(moves))
    ]


class _NeighbourLists:
    """The lists of all pages while they are being filled.

    The number of a list is `page * _KINDS + kind`.
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
        self.back = [by_roles.get((move.target, move.origin)) for move in moves]
        self.similarity = SkillSimilarity([move.skills for move in moves])
        # None stands for an empty list, because most lists of kindred pivots stay empty.
        self.lists: list[list[int] | None] = [None] * (_KINDS * len(moves))
        # How many pages link to each pivot.
        self.inbound = [0] * len(moves)
        for back in self.back:
            if back is not None:
                self.inbound[back] += 1

    def fill(self) -> None:
        """Fill the lists of siblings and of onward pivots."""
        position = self.similarity.position.__getitem__
        for role, pages in self.into.items():
            ring = sorted(pages, key=position)
            self._assign(_SIBLING, ring, ring)
            if nexts := self.out.get(role):
                self._assign(_ONWARD, ring, sorted(nexts, key=position))

    def repair(self) -> None:
        """Bring every pivot to LEAST inbound links, wherever any arrangement of the lists can."""
        for page in range(len(self.moves)):
            while self.inbound[page] < LEAST and self._augment(page):
                pass

    def fill_empty(self) -> None:
        """Give each page without any link the pivots that share most skills with it."""
        for page in range(len(self.moves)):
            first = page * _KINDS
            if self.back[page] is None and not any(self.lists[first : first + _KINDS]):
                for other in self.similarity.most_similar(page)[:MOST]:
                    self._add(first + _KINDRED, other)

    def ordered(self, page: int, kind: int) -> tuple[int, ...]:
        """One list, the pivots with most in common first."""
        bits, weight = self.similarity.bits, self.similarity.weight
        mine = bits[page]
        pivots = self.lists[page * _KINDS + kind]
        if not pivots:
            return ()
        return tuple(sorted(pivots, key=lambda other: (-weight[mine & bits[other]], other)))

    def _assign(self, kind: int, pages: Sequence[int], ring: Sequence[int]) -> None:
        """Fill the lists of one kind for `pages` with pivots of `ring`.

        Each page looks at a window of the ring. The windows start at even distances.
        """
        size = len(ring)
        starts = [number * size // len(pages) + 1 for number in range(len(pages))]
        pairs = self._ranked_pairs(pages, ring, starts)
        lists: list[list[int]] = [[] for _ in pages]
        load = [0] * size
        wanted = len(pages) * MOST
        # One and a half times an even share: similar pivots are preferred, but do not get all.
        ceiling = max(LEAST, -(-wanted * 3 // (size * 2)))
        # The second round gives LEAST links to pages that the ceiling left without them.
        for most, lift in ((MOST, 0), (LEAST, wanted)):
            missing = sum(max(0, most - len(chosen)) for chosen in lists)
            for pair in pairs:
                if not missing:
                    break
                rest, number = divmod(pair, len(pages))
                chosen = lists[number]
                at = (starts[number] + rest % _WINDOW) % size
                if len(chosen) >= most or load[at] >= ceiling + lift:
                    continue
                page, other = pages[number], ring[at]
                if other not in chosen and other != page and other != self.back[page]:
                    chosen.append(other)
                    load[at] += 1
                    missing -= 1
        for page, chosen in zip(pages, lists, strict=True):
            if chosen:
                self.lists[page * _KINDS + kind] = chosen
        for other, times in zip(ring, load, strict=True):
            self.inbound[other] += times

    def _ranked_pairs(
        self, pages: Sequence[int], ring: Sequence[int], starts: Sequence[int]
    ) -> list[int]:
        """Every page with each pivot in its window, the most similar pairs first.

        A pair is one number, because numbers sort fastest. They sort by the weight of the shared
        skills, then by the distance from the start of the window, then by the page.
        """
        bits, weight = self.similarity.bits, self.similarity.weight
        window = min(_WINDOW, len(ring))
        twice = [bits[other] for other in ring] * 2
        pairs: list[int] = []
        for number, page in enumerate(pages):
            start, mine = starts[number], bits[page]
            pairs += [
                (step - weight[mine & theirs] * _WINDOW) * len(pages) + number
                for step, theirs in enumerate(twice[start : start + window])
            ]
        pairs.sort()
        return pairs

    def _augment(self, needy: int) -> bool:
        """Give one more inbound link to `needy`, and say whether that was possible.

        The search is breadth-first. Where a list is full, one of its pivots has to move to
        another list, so that one is searched for next.
        """
        wants: dict[int, int] = {}
        leaves: dict[int, int] = {}
        waiting = deque([needy])
        while waiting:
            pivot = waiting.popleft()
            for number in self._lists_for(pivot):
                pivots = self.lists[number] or ()
                if number in wants or pivot in pivots:
                    continue
                wants[number] = pivot
                spare = next((other for other in pivots if self.inbound[other] > LEAST), None)
                if len(pivots) < MOST or spare is not None:
                    if len(pivots) >= MOST and spare is not None:
                        self._remove(number, spare)
                    self._shift(number, needy, wants, leaves)
                    return True
                for other in pivots:
                    if other != needy and other not in leaves:
                        leaves[other] = number
                        waiting.append(other)
        return False

    def _shift(
        self, number: int, needy: int, wants: Mapping[int, int], leaves: Mapping[int, int]
    ) -> None:
        """Apply the path that ends at a list: each pivot enters one list and leaves another.

        `wants` is the pivot that enters each list, `leaves` the list that each pivot leaves.
        """
        while True:
            pivot = wants[number]
            self._add(number, pivot)
            if pivot == needy:
                return
            number = leaves[pivot]
            self._remove(number, pivot)

    def _lists_for(self, other: int) -> Iterator[int]:
        """Every list that may hold a pivot: those of pages with a common role come first."""
        move = self.moves[other]
        related = [*self.into[move.target], *self.into.get(move.origin, ())]
        for page in related:
            if page != other and (kind := self._kind(page, other)) >= 0:
                yield page * _KINDS + kind
        for page in self.similarity.most_similar(other):
            if self._kind(page, other) == _KINDRED:
                yield page * _KINDS + _KINDRED

    def _kind(self, page: int, other: int) -> int:
        """The kind of a link from `page` to `other`."""
        here, there = self.moves[page], self.moves[other]
        if here.target == there.target:
            return _SIBLING
        if self.back[page] == other:
            return _BACK
        if here.target == there.origin:
            return _ONWARD
        bits = self.similarity.bits
        return _KINDRED if bits[page] & bits[other] else _UNRELATED

    def _add(self, number: int, other: int) -> None:
        self._list(number).append(other)
        self.inbound[other] += 1

    def _remove(self, number: int, other: int) -> None:
        self._list(number).remove(other)
        self.inbound[other] -= 1

    def _list(self, number: int) -> list[int]:
        """The list of a number, to be changed."""
        if (pivots := self.lists[number]) is None:
            pivots = self.lists[number] = []
        return pivots
