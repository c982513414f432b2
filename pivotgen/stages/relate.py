"""Relate: which pivots each pivot's page leads to, chosen for the whole site at once.

Only frontmatter counts. A page may lead to another pivot in one of four ways, told apart by the
roles of the two: a *sibling* reaches the same role, an *onward* pivot starts where this one ends,
the *way back* is the reverse move, and *kindred* pivots name the same skills.

Every list is filled in three passes: the best pairs first, with a ceiling on how often one pivot
may be led to; then the pages that still have room; then a repair that moves links from pivots
that have plenty to pivots that too few pages lead to, along augmenting paths (Kuhn 1955), until no
further pivot can be helped.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pivotgen.model.site import Neighbours

# Links of each kind on one page.
MOST = 4
# Links that every pivot should get from other pivots' pages.
LEAST = 2
# How many candidates of a long list one page looks at: enough for a good choice, and it keeps the
# work in proportion to the number of pivots.
_WINDOW = 12

# A list on one page: the page and what the list is.
_List = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Move:
    """What the choice may know of one pivot: slugs of its roles and of its skills."""

    origin: str
    target: str
    skills: frozenset[str]


def relate(moves: Mapping[str, Move]) -> dict[str, Neighbours]:
    """Neighbours of every pivot, by slug; the order of `moves` does not matter."""
    choice = _Choice({slug: moves[slug] for slug in sorted(moves)})
    choice.fill()
    choice.repair()
    choice.lead_on()
    return {
        slug: Neighbours(
            siblings=choice.ordered(slug, "sibling"),
            onward=choice.ordered(slug, "onward"),
            kindred=choice.ordered(slug, "kindred"),
            back=choice.back[slug],
        )
        for slug in choice.moves
    }


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

    def __init__(self, moves: Mapping[str, Move]) -> None:
        self.moves = moves
        self.into: defaultdict[str, list[str]] = defaultdict(list)
        self.out: defaultdict[str, list[str]] = defaultdict(list)
        self.with_skill: defaultdict[str, list[str]] = defaultdict(list)
        by_roles: dict[tuple[str, str], str] = {}
        for slug, move in moves.items():
            self.into[move.target].append(slug)
            self.out[move.origin].append(slug)
            by_roles.setdefault((move.origin, move.target), slug)
            for skill in sorted(move.skills):
                self.with_skill[skill].append(slug)
        # A rare skill says more than one that every page names; the bit length is a whole-number
        # logarithm, the same on every machine.
        self.weight = {
            skill: 1 + (len(moves) // len(group)).bit_length()
            for skill, group in self.with_skill.items()
        }
        # The skills of a move as the bits of a number: what two share is found at once.
        bit = {skill: 1 << number for number, skill in enumerate(self.with_skill)}
        self.bits = {slug: sum(bit[skill] for skill in move.skills) for slug, move in moves.items()}
        self.worth = _Worth([self.weight[skill] for skill in self.with_skill])
        self.signatures: dict[str, list[tuple[int, str]]] = {}
        self.back = {
            slug: by_roles.get((move.target, move.origin), "") for slug, move in moves.items()
        }
        self.lists: defaultdict[_List, list[str]] = defaultdict(list)
        self.holders: defaultdict[str, set[_List]] = defaultdict(set)
        self.inbound = Counter(slug for slug in self.back.values() if slug)

    def fill(self) -> None:
        for role, pages in self.into.items():
            ring = self._ring(pages)
            self._assign("sibling", ring, ring)
            if nexts := self.out.get(role):
                self._assign("onward", ring, self._ring(nexts))

    def repair(self) -> None:
        """Bring every pivot to LEAST links where any arrangement of the lists can."""
        for slug in self.moves:
            while self.inbound[slug] < LEAST and self._augment(slug):
                pass

    def lead_on(self) -> None:
        """A page with nowhere to go gets the pivots that share most skills with it."""
        for slug in self.moves:
            if self.back[slug] or any(self.lists[slug, kind] for kind in _KINDS):
                continue
            for other in self._alike(slug)[:MOST]:
                self._add((slug, "kindred"), other)

    def ordered(self, slug: str, kind: str) -> tuple[str, ...]:
        """One list, the pivots with most in common first."""
        return tuple(sorted(self.lists[slug, kind], key=lambda one: (-self._score(slug, one), one)))

    def _ring(self, slugs: Iterable[str]) -> list[str]:
        """Pivots in an order that puts those with the same rare skills side by side."""

        def signature(slug: str) -> list[tuple[int, str]]:
            if slug not in self.signatures:
                skills = self.moves[slug].skills
                self.signatures[slug] = sorted((-self.weight[skill], skill) for skill in skills)
            return self.signatures[slug]

        return sorted(slugs, key=lambda slug: (signature(slug), slug))

    def _score(self, one: str, other: str) -> int:
        return self.worth[self.bits[one] & self.bits[other]]

    def _assign(self, kind: str, pages: Sequence[str], ring: Sequence[str]) -> None:
        """Fill the lists of one kind for `pages`, which choose among the pivots of `ring`."""
        size, worth = len(ring), self.worth
        pairs: list[tuple[int, int, str, str]] = []
        window = min(_WINDOW, size)
        ring_twice = [(other, self.bits[other]) for other in ring] * 2
        for number, page in enumerate(pages):
            start = number * size // len(pages) + 1
            mine, back = self.bits[page], self.back[page]
            pairs += [
                (-worth[mine & theirs], step, page, other)
                for step, (other, theirs) in enumerate(ring_twice[start : start + window])
                if other != page and other != back
            ]
        pairs.sort()
        wanted = len(pages) * MOST
        # Half as much again as an even share: enough to prefer what fits, too little to pile on.
        ceiling = max(LEAST, -(-wanted * 3 // (size * 2)))
        load: Counter[str] = Counter()
        # The second pass gives a first or second link to pages that the ceiling left empty.
        for most, lift in ((MOST, 0), (LEAST, wanted)):
            if all(len(self.lists[page, kind]) >= most for page in pages):
                continue
            for _, _, page, other in pairs:
                if load[other] >= ceiling + lift:
                    continue
                where = (page, kind)
                if len(self.lists[where]) < most and where not in self.holders[other]:
                    self._add(where, other)
                    load[other] += 1

    def _add(self, where: _List, slug: str) -> None:
        self.lists[where].append(slug)
        self.holders[slug].add(where)
        self.inbound[slug] += 1

    def _drop(self, where: _List, slug: str) -> None:
        self.lists[where].remove(slug)
        self.holders[slug].remove(where)
        self.inbound[slug] -= 1

    def _kind(self, page: str, other: str) -> str:
        """How `page` may lead to `other`; "back" needs no place in a list, "" is not at all."""
        here, there = self.moves[page], self.moves[other]
        if here.target == there.target:
            return "sibling"
        if self.back[page] == other:
            return "back"
        if here.target == there.origin:
            return "onward"
        return "kindred" if here.skills & there.skills else ""

    def _could_hold(self, slug: str) -> list[_List]:
        """Every list that may lead to `slug`: its own kinds of page first, the alike after."""
        move = self.moves[slug]
        near = [*self.into[move.target], *self.into.get(move.origin, ())]
        pages = dict.fromkeys([*near, *self._alike(slug)])
        kinds = [(page, self._kind(page, slug)) for page in pages if page != slug]
        return [(page, kind) for page, kind in kinds if kind in _KINDS]

    def _augment(self, needy: str) -> bool:
        """Give one more link to `needy`, moving other links where that is what it takes."""
        came: dict[_List, str] = {}
        moved: dict[str, _List] = {}
        waiting = deque([needy])
        while waiting:
            slug = waiting.popleft()
            for where in self._could_hold(slug):
                if where in came or where in self.holders[slug]:
                    continue
                came[where] = slug
                spare = next((one for one in self.lists[where] if self.inbound[one] > LEAST), None)
                if len(self.lists[where]) < MOST or spare:
                    if len(self.lists[where]) >= MOST and spare:
                        self._drop(where, spare)
                    self._shift(where, needy, came, moved)
                    return True
                for one in self.lists[where]:
                    if one != needy and one not in moved:
                        moved[one] = where
                        waiting.append(one)
        return False

    def _shift(
        self, where: _List, needy: str, came: Mapping[_List, str], moved: Mapping[str, _List]
    ) -> None:
        """Walk back along the path: each pivot takes the place found and leaves its old one."""
        while True:
            slug = came[where]
            self._add(where, slug)
            if slug == needy:
                return
            where = moved[slug]
            self._drop(where, slug)

    def _alike(self, slug: str) -> list[str]:
        """Pivots that share a skill, most alike first."""
        found: Counter[str] = Counter()
        for skill in self.moves[slug].skills:
            for other in self.with_skill[skill]:
                found[other] += self.weight[skill]
        del found[slug]
        return sorted(found, key=lambda other: (-found[other], other))


_KINDS = ("sibling", "onward", "kindred")
