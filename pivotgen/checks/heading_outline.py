"""heading-outline: headings that confuse a reader who jumps from heading to heading.

These are a heading without words, two headings with the same words, and a heading inside an
answer: it would be on the level of the page's sections, although the answer is inside a section.
Skipped levels and a second top heading are not reported here, because they are errors already.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from pivotgen.model.own_page import OwnPage
from pivotgen.model.pivot import Heading, Pivot, Prose
from pivotgen.model.problem import Level, Problem
from pivotgen.model.role import RoleText


def check_pivot(pivot: Pivot, prose: Prose, today: date) -> Iterator[Problem]:
    """A warning at each heading that confuses."""
    yield from _unclear(pivot.path, prose.headings, prose.notes.headings)
    for line in prose.notes.headings[len(prose.headings) :]:
        message = "a heading inside an answer breaks the order of the page's headings"
        hint = "use **bold** words, or move the section under the last ---"
        yield _problem(pivot.path, line, message, hint)


def check_text(text: RoleText | OwnPage, today: date) -> Iterator[Problem]:
    """The same for the file of a role or of an own page."""
    return _unclear(text.path, text.headings, text.notes.headings)


def _unclear(path: str, headings: Sequence[Heading], lines: Sequence[int]) -> Iterator[Problem]:
    # Two headings are the same only if those above them are too: two sections may have “Costs”.
    seen: dict[tuple[str, ...], int] = {}
    above: list[Heading] = []
    for heading, line in zip(headings, lines, strict=False):
        above = [*(other for other in above if other.level < heading.level), heading]
        trail = tuple(other.text.casefold() for other in above)
        if not heading.text:
            yield _problem(path, line, "this heading has no words", "write it, or drop the #")
        elif trail in seen:
            message = f"“{heading.text}” is already the heading of line {seen[trail]}"
            yield _problem(path, line, message, "join the two, or say what is different here")
        seen.setdefault(trail, line)


def _problem(path: str, line: int, message: str, hint: str) -> Problem:
    return Problem(path, line, 1, "heading-outline", message, hint, Level.WARNING)
