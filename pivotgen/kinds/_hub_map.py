"""The small map of one role: which roles lead to it, and which it leads to."""

from __future__ import annotations

from dataclasses import dataclass

from pivotgen.model.address import pivot_address
from pivotgen.model.site import Site
from pivotgen.model.span import length_of
from pivotgen.model.view import Link

# Roles on either side, those with the shortest moves first.
_NAMED = 8


@dataclass(frozen=True, slots=True)
class HubMap:
    """The names of roles on either side; each leads to the page about its move."""

    into: tuple[Link, ...] = ()
    out: tuple[Link, ...] = ()


def hub_map(site: Site, slug: str) -> HubMap:
    """The map of the role with this slug."""

    def shortest(slugs: tuple[str, ...]) -> list[str]:
        key = {pivot: length_of(site.nodes[pivot].window) for pivot in slugs}
        return sorted(slugs, key=lambda pivot: (key[pivot], pivot))[:_NAMED]

    nodes = site.nodes
    return HubMap(
        into=tuple(
            Link(site.roles[nodes[pivot].origin].name, pivot_address(pivot))
            for pivot in shortest(site.into.get(slug, ()))
        ),
        out=tuple(
            Link(site.roles[nodes[pivot].target].name, pivot_address(pivot))
            for pivot in shortest(site.out.get(slug, ()))
        ),
    )
