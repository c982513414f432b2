"""A site: every published pivot, the roles and skills they name, and the edges between them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from pivotgen.model.pivot import Body, Pivot
from pivotgen.model.role import Role, Skill


def slug_of(name: str) -> str:
    """The address form of a role's or a skill's name: "UX Designer" is "ux-designer"."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return re.sub(r"[^\w]+", "-", re.sub(r"[\u0300-\u036f]", "", plain)).strip("-_")


def spelling_of(name: str) -> str:
    """What two spellings of one name share: case, punctuation and a plural do not count."""
    return re.sub(r"(?<=[^s])s$", "", slug_of(name).replace("-", ""))


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The pivots that one pivot's page leads to, by slug."""

    # Other paths into the same role.
    siblings: tuple[str, ...]
    # Paths out of the role it reaches.
    onward: tuple[str, ...]
    # Pivots that name the same skills; only where the two above are not enough.
    kindred: tuple[str, ...]
    # The reverse pivot, or "".
    back: str


@dataclass(frozen=True, slots=True)
class Site:
    """The whole graph. Every tuple of slugs is in alphabetical order."""

    pivots: Mapping[str, Pivot]
    bodies: Mapping[str, Body]
    roles: Mapping[str, Role]
    skills: Mapping[str, Skill]
    into: Mapping[str, tuple[str, ...]]
    out: Mapping[str, tuple[str, ...]]
    with_skill: Mapping[str, tuple[str, ...]]
    neighbours: Mapping[str, Neighbours]
    # The addresses behind each file's mentions, in their order.
    addresses: Mapping[str, tuple[str, ...]]

    def aliases(self) -> dict[str, str]:
        """Old addresses of pivots, each with the pivot's file."""
        return {
            f"/{alias.text.strip('/')}/": pivot.path
            for pivot in self.pivots.values()
            for alias in pivot.aliases
        }
