"""The small map of one role: which roles lead to it, and which it leads to."""

from __future__ import annotations

from collections.abc import Iterable

from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.site import Node, Site
from pivotgen.model.span import length_of
from pivotgen.model.view import Link

# Roles on either side, those with the shortest moves first.
_NAMED = 8


@dataclass(frozen=True, slots=True)
class HubMap:
    """The names of roles on either side; each leads to the page about its move."""

    into: tuple[Link, ...] = ()
    out: tuple[Link, ...] = ()


class HubMaps:
    """The maps of the roles of a graph."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._maps: dict[str, HubMap] = {}

    def of(self, slug: str) -> HubMap:
        """The map of the role with this slug; the lists on both its sides show it."""
        if slug not in self._maps:
            into, out = (side.get(slug, ()) for side in (self._site.into, self._site.out))
            self._maps[slug] = HubMap(
                into=tuple(self._link(node, node.origin) for node in self._shortest(into)),
                out=tuple(self._link(node, node.target) for node in self._shortest(out)),
            )
        return self._maps[slug]

    def _shortest(self, slugs: Iterable[str]) -> list[Node]:
        nodes = [self._site.nodes[slug] for slug in slugs]
        return sorted(nodes, key=lambda node: (length_of(node.window), node.slug))[:_NAMED]

    def _link(self, node: Node, role: str) -> Link:
        return self._site.roles[role].link(node.address)
