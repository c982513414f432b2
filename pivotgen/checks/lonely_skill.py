"""lonely-skill: a skill that only one pivot names, so that its page leads to no other pivot."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pivotgen.model.names import slug_of
from pivotgen.model.problem import Level, Problem
from pivotgen.model.site import Site

# How many pivots name a skill on average before the rule applies. With fewer, the second page that
# names the skill may not be written yet.
_DENSE = 4


def check_site(site: Site, today: date) -> Iterator[Problem]:
    """A warning at each skill with one pivot, if the skills of the site are shared enough."""
    if sum(map(len, site.with_skill.values())) < _DENSE * len(site.skills):
        return
    for skill, slugs in site.with_skill.items():
        if len(slugs) != 1:
            continue
        pivot = site.pivots[slugs[0]]
        written = next(name for name in pivot.skills if slug_of(name.text) == skill)
        message = f"no other pivot names the skill `{written.text}`"
        hint = "use the words of another page where they fit; the index of skills lists all"
        place = written.line, written.column
        yield Problem(pivot.path, *place, "lonely-skill", message, hint, Level.WARNING)
