"""outside-image: an image that comes from another site.

That site learns who reads the page, can show something else tomorrow, and may be gone. Browsers
leave out an image that is not encrypted on a page that is.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

from pivotgen.model.own_page import OwnPage
from pivotgen.model.pivot import Notes, Pivot, Prose
from pivotgen.model.problem import Level, Problem
from pivotgen.model.role import RoleText

_HINT = "copy it into assets/, if its licence allows that, and show it from there"


def check_pivot(pivot: Pivot, prose: Prose, today: date) -> Iterator[Problem]:
    """A warning at each image of another site."""
    return _from_outside(pivot.path, prose.notes)


def check_text(text: RoleText | OwnPage, today: date) -> Iterator[Problem]:
    """The same for the file of a role or of an own page."""
    return _from_outside(text.path, text.notes)


def _from_outside(path: str, notes: Notes) -> Iterator[Problem]:
    for link in notes.links:
        if not link.image or not (host := urlsplit(link.target).hostname):
            continue
        message = f"this image comes from {host}, which learns of each reader of the page"
        if urlsplit(link.target).scheme == "http":
            message = f"this image comes from {host} without encryption, so browsers leave it out"
        yield Problem(path, link.line, link.column, "outside-image", message, _HINT, Level.WARNING)
