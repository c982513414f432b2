"""one-way-role: a role that no pivot leads to, or that no pivot leaves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pivotgen.model.problem import Level, Problem
from pivotgen.model.role import Role
from pivotgen.model.site import Site

# How many pivots there are for each role before the rule applies. On a small site most roles are
# like this, and a warning for each would only list the pages that are not written yet.
_DENSE = 2


def check_site(site: Site, today: date) -> Iterator[Problem]:
    """A warning at each role with no way in or no way out, if the site has enough pivots."""
    if len(site.pivots) < _DENSE * len(site.roles):
        return
    for slug, role in site.roles.items():
        if not site.out.get(slug):
            message = f"no pivot leaves {role.name}, so a reader who gets here gets no further"
            yield _problem(site, role, message, "from")
        elif not site.into.get(slug):
            message = f"no pivot leads to {role.name}, so no page can send a reader here"
            yield _problem(site, role, message, "to")


def _problem(site: Site, role: Role, message: str, key: str) -> Problem:
    hint = f"write a pivot with `{key}: {role.name}`"
    if role.text is not None:
        written, path = role.text.name, role.text.path
    else:
        slugs = site.into[role.slug] if key == "from" else site.out[role.slug]
        pivot = site.pivots[slugs[0]]
        written, path = (pivot.target if key == "from" else pivot.origin), pivot.path
    return Problem(path, written.line, written.column, "one-way-role", message, hint, Level.WARNING)
