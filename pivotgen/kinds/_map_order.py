"""The order of roles on the map: one column, fields together, so that arcs are short."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import combinations, permutations

from pivotgen.kinds._map import RoleMap

# All orders of so many fields are tried; more of them stay in alphabetical order.
_ALL_ORDERS = 7
# Rounds of exchanging two roles of a field; more of them gain little.
_ROUNDS = 6


def roles_in_order(drawn: RoleMap) -> list[tuple[int, list[int]]]:
    """Each field with its roles by their numbers, from the top of the map to its end."""
    members: defaultdict[int, list[int]] = defaultdict(list)
    for number, role in enumerate(drawn.roles):
        members[role.field].append(number)
    column = [number for field in _fields_in_order(drawn, members) for number in members[field]]
    _exchange(drawn, column)
    fields = dict.fromkeys(drawn.roles[number].field for number in column)
    return [
        (field, [number for number in column if drawn.roles[number].field == field])
        for field in fields
    ]


def _fields_in_order(drawn: RoleMap, members: dict[int, list[int]]) -> Sequence[int]:
    """The order of fields with the shortest way from middle to middle, over all moves."""
    fields = sorted(members)
    if len(fields) > _ALL_ORDERS:
        return fields
    between: Counter[tuple[int, int]] = Counter()
    for move in drawn.moves:
        pair = drawn.roles[move.origin].field, drawn.roles[move.target].field
        if pair[0] != pair[1]:
            between[min(pair), max(pair)] += 1

    def length(order: Sequence[int]) -> float:
        middles, top = {}, 0.0
        for field in order:
            middles[field] = top + len(members[field]) / 2
            top += len(members[field])
        return sum(count * abs(middles[a] - middles[b]) for (a, b), count in between.items())

    return min(permutations(fields), key=lambda order: (length(order), order))


def _exchange(drawn: RoleMap, column: list[int]) -> None:
    """Exchange roles of a field for as long as that makes the arcs shorter."""
    neighbours: defaultdict[int, list[int]] = defaultdict(list)
    for move in drawn.moves:
        neighbours[move.origin].append(move.target)
        neighbours[move.target].append(move.origin)
    at = {number: row for row, number in enumerate(column)}

    def length(a: int, b: int) -> int:
        return sum(abs(at[number] - at[other]) for number in (a, b) for other in neighbours[number])

    pairs = [
        (i, j)
        for i, j in combinations(range(len(column)), 2)
        if drawn.roles[column[i]].field == drawn.roles[column[j]].field
    ]
    for _ in range(_ROUNDS):
        is_better = False
        for i, j in pairs:
            a, b = column[i], column[j]
            before = length(a, b)
            at[a], at[b] = j, i
            if length(a, b) < before:
                column[i], column[j] = b, a
                is_better = True
            else:
                at[a], at[b] = i, j
        if not is_better:
            return
