"""Neighbours: which other pivots each pivot's page links to, chosen for the whole site at once.

Only frontmatter counts, so that editing a text changes no link. There are four kinds of links,
told apart by the roles of the two pivots: a *sibling* leads to the same role, an *onward* pivot
starts where this one ends, the *way back* is the reverse move, and *kindred* pivots share a skill.

The lists are filled in these steps:

1. The most similar pairs come first, with a limit on how many pages may link to one pivot.
2. Pages that have too few links get more, without that limit.
3. Pivots that too few pages link to get links from lists that can spare one, along augmenting
   paths (H. W. Kuhn, The Hungarian Method for the Assignment Problem, Naval Research Logistics
   Quarterly 2, 1955). This ends when no further pivot can be given a link.
4. Pages that are the only way into their role get the pivots that share most skills with them.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from itertools import islice

from pivotgen.model.site import Neighbours
from pivotgen.stages.link.neighbour_lists import (
    KINDRED,
    ONWARD,
    SIBLING,
    Move,
    NeighbourLists,
    list_number,
)
from pivotgen.stages.link.skill_similarity import SkillSimilarity

__all__ = ["LEAST", "MOST", "Move", "choose_neighbours"]

# The most links of each kind on one page.
MOST = 4
# The links that every pivot should get from the pages of other pivots.
LEAST = 2
# How many candidates one page looks at. This is enough for a good choice, and it keeps the work
# in proportion to the number of pivots.
_WINDOW = 12


def choose_neighbours(moves: Sequence[Move]) -> list[Neighbours]:
    """The neighbours of every pivot; moves and neighbours are in the order of slugs."""
    lists = NeighbourLists(moves)
    _fill_by_roles(lists)
    _repair(lists)
    _fill_empty(lists)
    return [
        Neighbours(
            siblings=lists.ordered(page, SIBLING),
            onward=lists.ordered(page, ONWARD),
            kindred=lists.ordered(page, KINDRED),
            back=lists.back[page],
        )
        for page in range(len(moves))
    ]


def _fill_by_roles(lists: NeighbourLists) -> None:
    """Fill the lists of siblings and of onward pivots."""
    position = lists.similarity.position.__getitem__
    for role, pages in lists.into.items():
        ring = sorted(pages, key=position)
        _assign(lists, SIBLING, ring, ring)
        if nexts := lists.out.get(role):
            _assign(lists, ONWARD, ring, sorted(nexts, key=position))


def _assign(lists: NeighbourLists, kind: int, pages: Sequence[int], ring: Sequence[int]) -> None:
    """Fill the lists of one kind for `pages` with pivots of `ring`.

    Each page looks at a window of the ring. The windows start at even distances.
    """
    size = len(ring)
    starts = [number * size // len(pages) + 1 for number in range(len(pages))]
    pairs = _ranked_pairs(lists.similarity, pages, ring, starts)
    lists_of_pages: list[list[int]] = [[] for _ in pages]
    load = [0] * size
    wanted = len(pages) * MOST
    # One and a half times an even share: similar pivots are preferred, but do not get all links.
    ceiling = max(LEAST, -(-wanted * 3 // (size * 2)))
    # The second round gives LEAST links to pages that the ceiling left without them.
    for most, lift in ((MOST, 0), (LEAST, wanted)):
        missing = sum(max(0, most - len(chosen)) for chosen in lists_of_pages)
        for pair in pairs:
            if not missing:
                break
            rest, number = divmod(pair, len(pages))
            chosen = lists_of_pages[number]
            at = (starts[number] + rest % _WINDOW) % size
            if len(chosen) >= most or load[at] >= ceiling + lift:
                continue
            page, other = pages[number], ring[at]
            if other not in chosen and other != page and other != lists.back[page]:
                chosen.append(other)
                load[at] += 1
                missing -= 1
    for page, chosen in zip(pages, lists_of_pages, strict=True):
        if chosen:
            lists.replace(list_number(page, kind), chosen)
    for other, times in zip(ring, load, strict=True):
        lists.inbound[other] += times


def _ranked_pairs(
    similarity: SkillSimilarity, pages: Sequence[int], ring: Sequence[int], starts: Sequence[int]
) -> list[int]:
    """Every page with each pivot in its window, the most similar pairs first.

    A pair is one number, because numbers sort fastest. They sort by the weight of the shared
    skills, then by the distance from the start of the window, then by the page.
    """
    bits, weight = similarity.bits, similarity.weight
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


def _repair(lists: NeighbourLists) -> None:
    """Bring every pivot to LEAST inbound links, wherever any arrangement of the lists can."""
    for pivot in range(len(lists.moves)):
        while lists.inbound[pivot] < LEAST and _augment(lists, pivot):
            pass


def _augment(lists: NeighbourLists, needy: int) -> bool:
    """Give one more inbound link to `needy`, and say whether that was possible.

    The search is breadth-first. Where a list is full, each pivot in it may move to another list
    to make room, so the search goes on from those pivots.
    """
    # The pivot that would enter each list, and the list that each pivot would leave.
    enters: dict[int, int] = {}
    leaves: dict[int, int] = {}
    waiting = deque([needy])
    while waiting:
        pivot = waiting.popleft()
        for number in lists.lists_for(pivot):
            held = lists.get(number)
            if number in enters or pivot in held:
                continue
            enters[number] = pivot
            spare = next((other for other in held if lists.inbound[other] > LEAST), None)
            if len(held) < MOST or spare is not None:
                if len(held) >= MOST and spare is not None:
                    lists.remove(number, spare)
                _shift(lists, number, needy, enters, leaves)
                return True
            for other in held:
                if other != needy and other not in leaves:
                    leaves[other] = number
                    waiting.append(other)
    return False


def _shift(
    lists: NeighbourLists,
    number: int,
    needy: int,
    enters: Mapping[int, int],
    leaves: Mapping[int, int],
) -> None:
    """Move the pivots along the path that ends at the list `number`, back to `needy`."""
    while True:
        pivot = enters[number]
        lists.add(number, pivot)
        if pivot == needy:
            return
        number = leaves[pivot]
        lists.remove(number, pivot)


def _fill_empty(lists: NeighbourLists) -> None:
    """Give each page without siblings the pivots that share most skills with it."""
    for page in range(len(lists.moves)):
        if lists.get(list_number(page, SIBLING)):
            continue
        number = list_number(page, KINDRED)
        kindred = (
            other
            for other in lists.similarity.most_similar(page)
            if lists.kind(page, other) == KINDRED and other not in lists.get(number)
        )
        for other in islice(kindred, MOST - len(lists.get(number))):
            lists.add(number, other)
