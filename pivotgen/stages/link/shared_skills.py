"""Bridge: the skills that carry a reader from one role to another, as the site's pages tell it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from pivotgen.model.site import Site


class SharedSkills:
    """Skills between any two roles of a site; what is counted for one role is kept."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._brought: dict[str, Counter[str]] = {}
        self._asked: dict[str, Counter[str]] = {}

    def bridge(self, origin: str, target: str) -> list[str]:
        """Slugs of the skills that people bring from `origin` and that lead into `target`.

        They bring what pivots out of their role name, or pivots into it where none leaves it; the
        other side likewise. First comes what is named most often on the side that names it less,
        so that a skill of one odd page does not lead.
        """
        brought = self._kept(self._brought, origin, self._site.out, self._site.into)
        asked = self._kept(self._asked, target, self._site.into, self._site.out)
        both = brought.keys() & asked.keys()
        return sorted(
            both,
            key=lambda one: (-min(brought[one], asked[one]), -brought[one] - asked[one], one),
        )

    def _kept(
        self,
        memory: dict[str, Counter[str]],
        role: str,
        *sides: Mapping[str, tuple[str, ...]],
    ) -> Counter[str]:
        if role not in memory:
            slugs: Iterable[str] = next((side[role] for side in sides if role in side), ())
            memory[role] = Counter(
                skill for slug in slugs for skill in self._site.nodes[slug].skills
            )
        return memory[role]
