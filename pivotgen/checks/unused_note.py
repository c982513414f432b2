"""unused-note: a footnote that no reader sees, because nothing in the text refers to it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pivotgen.model.own_page import OwnPage
from pivotgen.model.pivot import Notes, Pivot, Prose
from pivotgen.model.problem import Level, Problem
from pivotgen.model.role import RoleText


def check_pivot(pivot: Pivot, prose: Prose, today: date) -> Iterator[Problem]:
    """A warning at each footnote that the page does not show."""
    return _unused(pivot.path, prose.notes)


def check_text(text: RoleText | OwnPage, today: date) -> Iterator[Problem]:
    """The same for the file of a role or of an own page."""
    return _unused(text.path, text.notes)


def _unused(path: str, notes: Notes) -> Iterator[Problem]:
    for mark in notes.marks:
        label = f"[^{mark.text}]"
        if mark.kind == "unused-note":
            message = f"nothing in the text refers to the footnote `{label}`, so nobody can read it"
            hint = f"write {label} where the text needs it, or delete the footnote"
        elif mark.kind == "repeated-note":
            message = f"there is another footnote `{label}` below, so nobody can read this one"
            hint = "give the two different names"
        else:
            continue
        yield Problem(path, mark.line, mark.column, "unused-note", message, hint, Level.WARNING)
