"""stale-source: a source that was last read too long ago."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from pivotgen.model.pivot import Pivot, Prose
from pivotgen.model.problem import Level, Problem

# Eighteen months. Handbooks of occupations, licensing rules and fees change about once a year, so
# after this time a source has probably changed since it was read.
AGE = timedelta(days=548)


def check_pivot(pivot: Pivot, prose: Prose, today: date) -> Iterator[Problem]:
    """A warning at each source whose `accessed` is more than AGE ago."""
    for source, place in zip(prose.references, prose.places.references, strict=True):
        if today - source.accessed > AGE:
            message = f"“{source.title}” was last read on {source.accessed}, over 18 months ago"
            hint = "read it again, fix what has changed, and write today's date at `accessed`"
            yield Problem(pivot.path, *place, "stale-source", message, hint, Level.WARNING)
