"""lonely-skill: a skill that one pivot alone names, so that its page leads nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pivotgen.model.names import slug_of
from pivotgen.model.problem import Level, Problem
from pivotgen.model.site import Site

# Pivots for each skill. While a skill has fewer on average, the second page that will name it may
# just not be written yet.
_DENSE = 4


def check_site(site: Site, today: date) -> Iterator[Problem]:
    """A warning at each skill that is used once, once the site's skills are shared enough."""
    if sum(map(len, site.with_skill.values())) < _DENSE * len(site.skills):
        return
    for skill, slugs in site.with_skill.items():
        if len(slugs) != 1:
            continue
        pivot = site.pivots[slugs[0]]
        written = next(one for one in pivot.skills if slug_of(one.text) == skill)
        message = f"no other pivot names the skill `{written.text}`"
        hint = "use the words of another page where they fit; the explorer lists all skills"
        place = written.line, written.column
        yield Problem(pivot.path, *place, "lonely-skill", message, hint, Level.WARNING)
