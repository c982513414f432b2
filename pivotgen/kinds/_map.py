"""What the map of roles and moves is drawn from, and what its list says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import field

from pivotgen.model.address import role_address
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.site import Site

# A drawing with more roles or moves than this cannot be read; the fields are drawn instead.
_ROLES, _MOVES = 60, 200
# Fields that a matrix has room for, and roles that its list names of each.
_FIELDS, _NAMED = 22, 12


@dataclass(frozen=True, slots=True)
class MapRole:
    """A role, and the number of its field."""

    name: str
    url: str
    field: int
    # The language of its name, where that is not the page's.
    language: str = ""


@dataclass(frozen=True, slots=True)
class MapMove:
    """A move between two roles by their numbers, and the page about it."""

    origin: int
    target: int
    url: str


@dataclass(frozen=True, slots=True)
class RoleMap:
    """Roles and moves; of a large site, the fields and how many moves lead from each to each."""

    # In alphabetical order; "" stands for the roles without a field and those of many small fields.
    fields: tuple[str, ...]
    # Of a large site, those of each field with most moves.
    roles: tuple[MapRole, ...]
    # Of a large site there are none here.
    moves: tuple[MapMove, ...]
    # Moves from one field to another by their numbers, of a large site only.
    counts: tuple[tuple[int, int, int], ...]
    # How many roles and moves the whole site has.
    roles_total: int
    moves_total: int
    # The languages of the fields' names, by their names, where they are not the page's.
    foreign: Mapping[str, str] = field(default_factory=dict)


def map_of(site: Site) -> RoleMap:
    """The map of a graph."""
    fields = {slug: role.text.field if role.text else "" for slug, role in site.roles.items()}
    is_small = len(site.roles) <= _ROLES and len(site.nodes) <= _MOVES
    if not is_small:
        largest = [name for name, _ in Counter(sorted(fields.values())).most_common() if name]
        shown = set(largest[: _FIELDS - 1])
        fields = {slug: name if name in shown else "" for slug, name in fields.items()}
    names = sorted(set(fields.values()))
    numbers = {slug: names.index(name) for slug, name in fields.items()}
    slugs = list(site.roles) if is_small else _busiest(site, numbers)
    roles = tuple(
        MapRole(
            site.roles[slug].name,
            role_address("from" if slug in site.out else "to", slug, site.root),
            numbers[slug],
            site.roles[slug].language,
        )
        for slug in slugs
    )
    moves: tuple[MapMove, ...] = ()
    counts: Counter[tuple[int, int]] = Counter()
    if is_small:
        at = {slug: number for number, slug in enumerate(slugs)}
        moves = tuple(
            MapMove(at[node.origin], at[node.target], node.address) for node in site.nodes.values()
        )
    else:
        counts.update((numbers[node.origin], numbers[node.target]) for node in site.nodes.values())
    between = tuple((*pair, count) for pair, count in sorted(counts.items()))
    foreign = {
        role.text.field: role.field_language
        for role in site.roles.values()
        if role.text and role.field_language
    }
    totals = len(site.roles), len(site.nodes)
    return RoleMap(tuple(names), roles, moves, between, *totals, foreign)


def _busiest(site: Site, fields: dict[str, int]) -> list[str]:
    """The roles of each field with most moves, in alphabetical order."""

    def moves(slug: str) -> int:
        return len(site.into.get(slug, ())) + len(site.out.get(slug, ()))

    chosen: Counter[int] = Counter()
    slugs = []
    for slug in sorted(site.roles, key=lambda slug: (-moves(slug), slug)):
        if chosen[fields[slug]] < _NAMED:
            chosen[fields[slug]] += 1
            slugs.append(slug)
    return sorted(slugs)
