"""Skill similarity: how much the skills of any two pivots have in common."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence


class SkillSimilarity:
    """The skills of all pivots, ready to be compared.

    A pivot is a number: its place in the sequence that this is made from. A rare skill has a
    higher weight than one that every pivot names.
    """

    def __init__(self, skills: Sequence[Sequence[str]]) -> None:
        """`skills` are the slugs of the skills of each pivot, each slug once."""
        self._skills = skills
        self._with_skill: defaultdict[str, list[int]] = defaultdict(list)
        for pivot, slugs in enumerate(skills):
            for skill in slugs:
                self._with_skill[skill].append(pivot)
        # The bit length is a logarithm in whole numbers, so it is the same on every machine.
        self._weight = {
            skill: 1 + (len(skills) // len(group)).bit_length()
            for skill, group in self._with_skill.items()
        }
        # The skills of each pivot as the bits of a number: `&` gives what two pivots share.
        bit = {skill: 1 << number for number, skill in enumerate(self._with_skill)}
        self.bits = [sum([bit[skill] for skill in slugs]) for slugs in skills]
        # The total weight of some skills, by their bits.
        self.weight = _WeightOfBits([self._weight[skill] for skill in self._with_skill])
        # The place of each pivot in an order that puts pivots with the same rare skills together.
        self.position = self._positions()

    def most_similar(self, pivot: int) -> list[int]:
        """Every pivot that shares a skill with this one, the most similar first."""
        weights: Counter[int] = Counter()
        for skill in self._skills[pivot]:
            weight = self._weight[skill]
            for other in self._with_skill[skill]:
                weights[other] += weight
        del weights[pivot]
        return sorted(weights, key=lambda other: (-weights[other], other))

    def _positions(self) -> list[int]:
        rarest = sorted(self._weight, key=lambda skill: (-self._weight[skill], skill))
        rank = {skill: number for number, skill in enumerate(rarest)}
        ranks = [tuple(sorted([rank[skill] for skill in slugs])) for slugs in self._skills]
        order = sorted(range(len(ranks)), key=ranks.__getitem__)
        positions = [0] * len(order)
        for position, pivot in enumerate(order):
            positions[pivot] = position
        return positions


class _WeightOfBits(dict[int, int]):
    """The total weight of the skills in a number of bits; each is computed at its first use."""

    def __init__(self, weights: Sequence[int]) -> None:
        super().__init__()
        self._weights = weights

    def __missing__(self, bits: int) -> int:
        rest, total = bits, 0
        while rest:
            lowest = rest & -rest
            total += self._weights[lowest.bit_length() - 1]
            rest ^= lowest
        self[bits] = total
        return total
