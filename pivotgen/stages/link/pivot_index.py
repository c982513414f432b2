"""Pivot index: what one walk over all pivots collects, and the pivots that clash with another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pivotgen.model.address import pivot_address, readable
from pivotgen.model.header import Written
from pivotgen.model.names import slug_of
from pivotgen.model.pivot import Pivot
from pivotgen.model.problem import Problem
from pivotgen.model.window import Window
from pivotgen.stages.link.spelling import NameUses, Use


class PivotIndex:
    """What one walk over all pivots collects."""

    def __init__(self) -> None:
        self.roles = NameUses()
        self.skills = NameUses()
        # The slug and the address of each pivot in the graph, by path.
        self.slugs: dict[str, str] = {}
        self.urls: dict[str, str] = {}
        # The paths of drafts that are left out.
        self.drafts: set[str] = set()
        # Slugs of the roles that pivots lead to, and of those that pivots start from.
        self.targets: set[str] = set()
        self.origins: set[str] = set()
        # Each text and each window once, because many pivots hold the same and this saves memory.
        self.shared: dict[str, str] = {}
        self.windows: dict[Window, Window] = {}


def index_pivots(facts: Mapping[str, Pivot], *, drafts: bool) -> tuple[PivotIndex, list[Problem]]:
    """The index, and the pivots that clash with another. A clashing address is left out."""
    index = PivotIndex()
    problems: list[Problem] = []
    paths: dict[str, str] = {}
    moves: dict[tuple[str, str], str] = {}
    for pivot in facts.values():
        if pivot.draft and not drafts:
            index.drafts.add(pivot.path)
            continue
        if (other := paths.setdefault(pivot.slug, pivot.path)) != pivot.path:
            problems.append(_address_clash(pivot, other))
            continue
        index.slugs[pivot.path] = pivot.slug
        index.urls[pivot.path] = pivot_address(pivot.slug)
        origin, target = slug_of(pivot.origin.text), slug_of(pivot.target.text)
        index.origins.add(origin)
        index.targets.add(target)
        if (other := moves.setdefault((origin, target), pivot.path)) != pivot.path:
            problems.append(_same_move(pivot, other))
        for name in sorted((pivot.origin, pivot.target), key=_line):
            index.roles.add(name, pivot.path)
        for name in pivot.skills:
            index.skills.add(name, pivot.path)
    return index, problems


def _address_clash(pivot: Pivot, other: str) -> Problem:
    message = f"{other} already has the address {readable(pivot_address(pivot.slug))}"
    hint = "give one of the two another `slug`"
    return Problem(pivot.path, *pivot.place, "address-clash", message, hint)


def _same_move(pivot: Pivot, other: str) -> Problem:
    message = f"{other} is already about this move"
    hint = "join the two pages, and list the old address in `aliases`"
    place = pivot.origin.line, pivot.origin.column
    return Problem(pivot.path, *place, "same-move", message, hint)


def _line(written: Written) -> int:
    return written.line


def role_uses(facts: Mapping[str, Pivot]) -> Iterator[Use]:
    return ((name, pivot.path) for pivot in facts.values() for name in (pivot.origin, pivot.target))


def skill_uses(facts: Mapping[str, Pivot]) -> Iterator[Use]:
    return ((name, pivot.path) for pivot in facts.values() for name in pivot.skills)
