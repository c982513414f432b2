"""same-becomes: what a skill becomes is said in the words of another page, or says nothing.

A line that fits two moves tells the readers of neither what is different in theirs.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pivotgen.checks._mask_roles import mask_roles
from pivotgen.model.names import slug_of
from pivotgen.model.problem import Level, Problem
from pivotgen.model.site import Site


def check_site(site: Site, today: date) -> Iterator[Problem]:
    """A warning at each line that an earlier one already says, and at each that is a skill."""
    # Where each line stands first, by its words.
    first: dict[str, tuple[str, int]] = {}
    for pivot, prose in site.with_prose():
        if not prose.becomes:
            continue
        mask, names = mask_roles(pivot), {slug_of(skill.text) for skill in pivot.skills}
        for line in prose.becomes:
            place = pivot.path, line.line, line.column
            words = slug_of(mask(line.text))
            path, there = first.setdefault(words, (pivot.path, line.line))
            if slug_of(line.text) in names:
                message = "this is the name of a skill, and not what it becomes"
                hint = "say what the skill does in the new role, or leave `becomes` out"
                yield Problem(*place, "same-becomes", message, hint, Level.WARNING)
            elif (path, there) != (pivot.path, line.line):
                message = f"{path}:{there} says this too"
                hint = "say what is different in this move, or leave `becomes` out"
                yield Problem(*place, "same-becomes", message, hint, Level.WARNING)
