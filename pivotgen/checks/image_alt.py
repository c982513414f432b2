"""image-alt: an image that says nothing to a reader who cannot see it (WCAG 1.1.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from pivotgen.model.pivot import Notes, Pivot, Prose
from pivotgen.model.problem import Level, Problem
from pivotgen.model.role import RoleText

# Words that say only that there is an image, and names of files.
_EMPTY = re.compile(
    r"(?:image|picture|photo|photograph|graphic|chart|diagram|screenshot|alt|alt text|imagen|foto)"
    r"|\S+\.(?:png|jpe?g|gif|svg|webp|avif)",
    re.I,
)


def check_pivot(pivot: Pivot, prose: Prose, today: date) -> Iterator[Problem]:
    """A warning at each image without words for it."""
    return _silent(pivot.path, prose.notes)


def check_role(text: RoleText, today: date) -> Iterator[Problem]:
    """The same for a role's file."""
    return _silent(text.path, text.notes)


def _silent(path: str, notes: Notes) -> Iterator[Problem]:
    for one in notes.links:
        if not one.image:
            continue
        words = one.text.strip()
        if not words:
            message = "this image has no words for readers who cannot see it"
        elif _EMPTY.fullmatch(words):
            message = f"“{words}” does not tell a reader who cannot see the image what it shows"
        else:
            continue
        hint = "write what it shows between the brackets: ![what it shows](file)"
        yield Problem(path, one.line, one.column, "image-alt", message, hint, Level.WARNING)
