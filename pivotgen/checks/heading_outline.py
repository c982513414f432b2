"""heading-outline: headings that a reader who jumps between them cannot tell apart or place.

Skipped levels and a second top heading are errors of the file already. What is left: a heading
without words, two headings with the same words, and one inside an answer, where it would stand
on the level of the page's own sections although the answer is inside one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from pivotgen.model.pivot import Heading, Pivot, Prose
from pivotgen.model.problem import Level, Problem
from pivotgen.model.role import RoleText


def check_pivot(pivot: Pivot, prose: Prose, today: date) -> Iterator[Problem]:
    """A warning at each heading that is out of order."""
    yield from _unclear(pivot.path, prose.headings, prose.notes.headings)
    for line in prose.notes.headings[len(prose.headings) :]:
        message = "a heading inside an answer breaks the order of the page's headings"
        hint = "use **bold** words, or move the section under the last ---"
        yield _problem(pivot.path, line, message, hint)


def check_role(text: RoleText, today: date) -> Iterator[Problem]:
    """The same for a role's file."""
    return _unclear(text.path, text.headings, text.notes.headings)


def _unclear(path: str, headings: Sequence[Heading], lines: Sequence[int]) -> Iterator[Problem]:
    # A heading is the same only under the same heading: “Costs” may stand in two sections.
    seen: dict[tuple[str, ...], int] = {}
    above: list[Heading] = []
    for heading, line in zip(headings, lines, strict=False):
        above = [*(one for one in above if one.level < heading.level), heading]
        trail = tuple(one.text.casefold() for one in above)
        if not heading.text:
            yield _problem(path, line, "this heading has no words", "write it, or drop the #")
        elif trail in seen:
            message = f"“{heading.text}” is already the heading of line {seen[trail]}"
            yield _problem(path, line, message, "join the two, or say what is different here")
        seen.setdefault(trail, line)


def _problem(path: str, line: int, message: str, hint: str) -> Problem:
    return Problem(path, line, 1, "heading-outline", message, hint, Level.WARNING)
