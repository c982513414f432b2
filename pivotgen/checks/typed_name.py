"""typed-name: a name in `typed` that the finder knows already, or that is another role's name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pivotgen.model.header import Written
from pivotgen.model.names import spelling_of
from pivotgen.model.problem import Level, Problem
from pivotgen.model.role import RoleText
from pivotgen.model.site import Site


def check_site(site: Site, today: date) -> Iterator[Problem]:
    """A warning at each such name."""
    owners = {spelling_of(role.name): role.slug for role in site.roles.values()}
    texts = [role.text for role in site.roles.values() if role.text]
    for text in texts:
        owners |= {spelling_of(name.text): text.slug for name in text.aliases}
    for text in texts:
        known: set[str] = set()
        for name in text.typed:
            spelling = spelling_of(name.text)
            owner = owners.get(spelling)
            if owner == text.slug:
                message = f"`{name.text}` is a name of this role, so the finder knows it already"
                yield _problem(text, name, message, "take it out of `typed`")
            elif owner is not None:
                message = f"`{name.text}` is a name of the role {site.roles[owner].name}"
                yield _problem(text, name, message, "let that role have it alone")
            elif spelling in known:
                message = f"`{name.text}` is there twice"
                yield _problem(text, name, message, "take this out")
            known.add(spelling)


def _problem(text: RoleText, name: Written, message: str, hint: str) -> Problem:
    return Problem(text.path, name.line, name.column, "typed-name", message, hint, Level.WARNING)
