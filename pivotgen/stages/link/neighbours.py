"""Relate: which pivots each pivot's page leads to, chosen for the whole site at once.

Only frontmatter counts. A page may lead to another pivot in one of four ways, told apart by the
roles of the two: a *sibling* reaches the same role, an *onward* pivot starts where this one ends,
the *way back* is the reverse move, and *kindred* pivots name the same skills.

Every list is filled in three passes: the best pairs first, with a ceiling on how often one pivot
may be led to; then the pages that still have room; then a repair that moves links from pivots
that have plenty to pivots that too few pages lead to, along augmenting paths (Kuhn 1955), until no
further pivot can be helped.

Pivots are numbers here, their places in the order of slugs, because all of them are in memory at
once.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pivotgen.model.site import Neighbours

# Links of each kind on one page.
MOST = 4
# Links that every pivot should get from other pivots' pages.
LEAST = 2
# How many candidates of a long list one page looks at: enough for a good choice, and it keeps the
# work in proportion to the number of pivots.
_WINDOW = 12

# The kinds of list, and what needs none: the way back, and no way at all.
_SIBLING, _ONWARD, _KINDRED = range(3)
_KINDS = 3
_BACK, _NO_WAY = -1, -2


@dataclass(frozen=True, slots=True)
class Move:
    """What the choice may know of one pivot: slugs of its roles and of its skills, each once."""

    origin: str
    target: str
    skills: tuple[str, ...]


def choose_neighbours(moves: Sequence[Move]) -> list[Neighbours]:
    """Neighbours of every pivot, both in the order of slugs."""
    choice = _Choice(moves)
    choice.fill_links()
    choice.repair()
    choice.lead_on()
    return [
        Neighbours(
            siblings=choice.ordered(page, _SIBLING),
            onward=choice.ordered(page, _ONWARD),
            kindred=choice.ordered(page, _KINDRED),
            back=choice.back[page],
        )
        for page in range(len(moves))
    ]


class _Worth(dict[int, int]):
    """What sharing some skills counts for, by their bits; told apart when first asked for."""

    def __init__(self, weights: Sequence[int]) -> None:
        super().__init__()
        self._weights = weights

    def __missing__(self, shared: int) -> int:
        rest, total = shared, 0
        while rest:
            lowest = rest & -rest
            total += self._weights[lowest.bit_length() - 1]
            rest ^= lowest
        self[shared] = total
        return total


class _Choice:
    """The lists while they are being chosen."""

    def __init__(self, moves: Sequence[Move]) -> None:
        self.moves = moves
        self.into: defaultdict[str, list[int]] = defaultdict(list)
        self.out: defaultdict[str, list[int]] = defaultdict(list)
        self.with_skill: defaultdict[str, list[int]] = defaultdict(list)
        by_roles: dict[tuple[str, str], int] = {}
        for page, move in enumerate(moves):
            self.into[move.target].append(page)
            self.out[move.origin].append(page)
            by_roles.setdefault((move.origin, move.target), page)
            for skill in move.skills:
                self.with_skill[skill].append(page)
        self.back = [by_roles.get((move.target, move.origin)) for move in moves]
        # A rare skill says more than one that every page names; the bit length is a whole-number
        # logarithm, the same on every machine.
        self.weight = {
            skill: 1 + (len(moves) // len(group)).bit_length()
            for skill, group in self.with_skill.items()
        }
        # The skills of a move as the bits of a number: what two share is found at once.
        bit = {skill: 1 << number for number, skill in enumerate(self.with_skill)}
        self.bits = [sum([bit[skill] for skill in move.skills]) for move in moves]
        self.worth = _Worth([self.weight[skill] for skill in self.with_skill])
        self.place = self._places()
        # One list of each kind for every page.
        self.lists: list[list[int] | None] = [None] * (_KINDS * len(moves))
        self.inbound = [0] * len(moves)
        for back in self.back:
            if back is not None:
                self.inbound[back] += 1

    def _places(self) -> list[int]:
        """An order of all pivots that puts those with the same rare skills side by side."""
        rarest = sorted(self.weight, key=lambda skill: (-self.weight[skill], skill))
        rank = {skill: number for number, skill in enumerate(rarest)}
        marks = [tuple(sorted([rank[skill] for skill in move.skills])) for move in self.moves]
        order = sorted(range(len(marks)), key=marks.__getitem__)
        places = [0] * len(order)
        for place, page in enumerate(order):
            places[page] = place
        return places

    def fill_links(self) -> None:
        for role, pages in self.into.items():
            ring = sorted(pages, key=self.place.__getitem__)
            self._assign(_SIBLING, ring, ring)
            if nexts := self.out.get(role):
                self._assign(_ONWARD, ring, sorted(nexts, key=self.place.__getitem__))

    def repair(self) -> None:
        """Bring every pivot to LEAST links where any arrangement of the lists can."""
        for page in range(len(self.moves)):
            while self.inbound[page] < LEAST and self._augment(page):
                pass

    def lead_on(self) -> None:
        """A page with nowhere to go gets the pivots that share most skills with it."""
        for page in range(len(self.moves)):
            where = page * _KINDS
            if self.back[page] is None and not any(self.lists[where : where + _KINDS]):
                for other in self._alike(page)[:MOST]:
                    self._add(where + _KINDRED, other)

    def ordered(self, page: int, kind: int) -> tuple[int, ...]:
        """One list, the pivots with most in common first."""
        mine = self.bits[page]
        found = self.lists[page * _KINDS + kind]
        if not found:
            return ()
        return tuple(sorted(found, key=lambda one: (-self.worth[mine & self.bits[one]], one)))

    def _assign(self, kind: int, pages: Sequence[int], ring: Sequence[int]) -> None:
        """Fill the lists of one kind for `pages`, which choose among the pivots of `ring`."""
        size, worth = len(ring), self.worth
        window = min(_WINDOW, size)
        # Where in the ring each page looks.
        starts = [number * size // len(pages) + 1 for number in range(len(pages))]
        twice = [self.bits[other] for other in ring] * 2
        # Each pair in one number, because numbers sort fastest: first what the two share, then
        # how near they are in the ring, then the page.
        pairs: list[int] = []
        for number, page in enumerate(pages):
            start, mine = starts[number], self.bits[page]
            pairs += [
                (step - worth[mine & theirs] * _WINDOW) * len(pages) + number
                for step, theirs in enumerate(twice[start : start + window])
            ]
        pairs.sort()
        lists: list[list[int]] = [[] for _ in pages]
        load = [0] * size
        wanted = len(pages) * MOST
        # Half as much again as an even share: enough to prefer what fits, too little to pile on.
        ceiling = max(LEAST, -(-wanted * 3 // (size * 2)))
        # The second pass gives a first or second link to pages that the ceiling left empty.
        for most, lift in ((MOST, 0), (LEAST, wanted)):
            missing = sum(max(0, most - len(one)) for one in lists)
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

    def _held(self, where: int) -> list[int]:
        """One list, to be changed."""
        if (held := self.lists[where]) is None:
            held = self.lists[where] = []
        return held

    def _add(self, where: int, other: int) -> None:
        self._held(where).append(other)
        self.inbound[other] += 1

    def _drop(self, where: int, other: int) -> None:
        self._held(where).remove(other)
        self.inbound[other] -= 1

    def _way(self, page: int, other: int) -> int:
        """How `page` may lead to `other`."""
        here, there = self.moves[page], self.moves[other]
        if here.target == there.target:
            return _SIBLING
        if self.back[page] == other:
            return _BACK
        if here.target == there.origin:
            return _ONWARD
        return _KINDRED if self.bits[page] & self.bits[other] else _NO_WAY

    def _could_hold(self, other: int) -> Iterator[int]:
        """Every list that may lead to a pivot: its own kinds of page first, the alike after."""
        move = self.moves[other]
        near = [*self.into[move.target], *self.into.get(move.origin, ())]
        for page in near:
            if page != other and (way := self._way(page, other)) >= 0:
                yield page * _KINDS + way
        for page in self._alike(other):
            if self._way(page, other) == _KINDRED:
                yield page * _KINDS + _KINDRED

    def _augment(self, needy: int) -> bool:
        """Give one more link to `needy`, moving other links where that is what it takes."""
        came: dict[int, int] = {}
        moved: dict[int, int] = {}
        waiting = deque([needy])
        while waiting:
            slug = waiting.popleft()
            for where in self._could_hold(slug):
                held = self.lists[where] or ()
                if where in came or slug in held:
                    continue
                came[where] = slug
                spare = next((one for one in held if self.inbound[one] > LEAST), None)
                if len(held) < MOST or spare is not None:
                    if len(held) >= MOST and spare is not None:
                        self._drop(where, spare)
                    self._shift(where, needy, came, moved)
                    return True
                for one in held:
                    if one != needy and one not in moved:
                        moved[one] = where
                        waiting.append(one)
        return False

    def _shift(
        self, where: int, needy: int, came: Mapping[int, int], moved: Mapping[int, int]
    ) -> None:
        """Walk back along the path: each pivot takes the place found and leaves its old one."""
        while True:
            other = came[where]
            self._add(where, other)
            if other == needy:
                return
            where = moved[other]
            self._drop(where, other)

    def _alike(self, page: int) -> list[int]:
        """Pivots that share a skill, most alike first."""
        found: Counter[int] = Counter()
        for skill in self.moves[page].skills:
            weight = self.weight[skill]
            for other in self.with_skill[skill]:
                found[other] += weight
        del found[page]
        return sorted(found, key=lambda other: (-found[other], other))
