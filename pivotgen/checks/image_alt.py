"""image-alt: an image without a useful text for readers who cannot see it (WCAG 1.1.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from pivotgen.model.own_page import OwnPage
from pivotgen.model.pivot import Notes, Pivot, Prose
from pivotgen.model.problem import Level, Problem
from pivotgen.model.role import RoleText

# Texts that only say that there is an image, and names of files. English and Spanish.
_EMPTY = re.compile(
    r"(?:image|picture|photo|photograph|graphic|chart|diagram|screenshot|alt|alt text|imagen|foto)"
    r"|\S+\.(?:png|jpe?g|gif|svg|webp|avif)",
    re.I,
)


def check_pivot(pivot: Pivot, prose: Prose, today: date) -> Iterator[Problem]:
    """A warning at each image without a useful text."""
    return _without_text(pivot.path, prose.notes)


def check_text(text: RoleText | OwnPage, today: date) -> Iterator[Problem]:
    """The same for the file of a role or of an own page."""
    return _without_text(text.path, text.notes)


def _without_text(path: str, notes: Notes) -> Iterator[Problem]:
    for link in notes.links:
        if not link.image:
            continue
        words = link.text.strip()
        if not words:
            message = "this image has no words for readers who cannot see it"
        elif _EMPTY.fullmatch(words):
            message = f"“{words}” does not tell a reader who cannot see the image what it shows"
        else:
            continue
        hint = "write what it shows between the brackets: ![what it shows](file)"
        yield Problem(path, link.line, link.column, "image-alt", message, hint, Level.WARNING)
