"""Shared skills: the skills that people take from one role to another, as the pivots name them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from pivotgen.model.site import Site


class SharedSkills:
    """The skills that any two roles of a site share; the counts of each role are kept."""

    def __init__(self, site: Site) -> None:
        self._site = site
        # How many pivots name each skill, by the role that people come from or go to.
        self._brought: dict[str, Counter[str]] = {}
        self._needed: dict[str, Counter[str]] = {}

    def between(self, origin: str, target: str) -> list[str]:
        """Slugs of the skills that people bring from `origin` and need in `target`.

        They bring the skills of the pivots out of `origin`; where there are none, those of the
        pivots into it. They need the skills of the pivots into `target`, or else of those out of
        it. A skill counts as often as the side names it that names it less, and the most counted
        comes first, so that a skill of one unusual page is not the first.
        """
        brought = self._counted(self._brought, origin, self._site.out, self._site.into)
        needed = self._counted(self._needed, target, self._site.into, self._site.out)
        return sorted(
            brought.keys() & needed.keys(),
            key=lambda skill: (
                -min(brought[skill], needed[skill]),
                -brought[skill] - needed[skill],
                skill,
            ),
        )

    def _counted(
        self,
        counts: dict[str, Counter[str]],
        role: str,
        *sides: Mapping[str, tuple[str, ...]],
    ) -> Counter[str]:
        """The skills of one role's pivots, from the first of `sides` that has any."""
        if role not in counts:
            slugs: Iterable[str] = next((side[role] for side in sides if role in side), ())
            counts[role] = Counter(
                skill for slug in slugs for skill in self._site.nodes[slug].skills
            )
        return counts[role]
