"""stale-source: a source that nobody has read for too long."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from pivotgen.model.pivot import Pivot, Prose
from pivotgen.model.problem import Level, Problem

# Eighteen months. Handbooks of occupations, licensing rules and fee lists are revised about once
# a year; by then each has been revised at least once since somebody read it.
AGE = timedelta(days=548)


def check_pivot(pivot: Pivot, prose: Prose, today: date) -> Iterator[Problem]:
    """A warning at each source whose `accessed` is past its review date."""
    for one, place in zip(prose.references, prose.places.references, strict=True):
        if today - one.accessed > AGE:
            message = f"“{one.title}” was last read on {one.accessed}, over 18 months ago"
            hint = "read it again, mend what has changed, and write today's date at `accessed`"
            yield Problem(pivot.path, *place, "stale-source", message, hint, Level.WARNING)
