"""future-date: a date in the future where only a date in the past can be true."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from pivotgen.model.own_page import OwnPage
from pivotgen.model.pivot import Pivot, Prose
from pivotgen.model.problem import Level, Problem

# It may already be tomorrow where the writer is.
_AHEAD = timedelta(days=1)


def check_pivot(pivot: Pivot, prose: Prose, today: date) -> Iterator[Problem]:
    """A warning where `published`, `updated` or a source's `accessed` lies in the future."""
    if pivot.published and pivot.published > today + _AHEAD:
        yield _problem(pivot.path, prose.places.published, f"`published` is {pivot.published}")
    if pivot.updated and pivot.updated > today + _AHEAD:
        yield _problem(pivot.path, prose.places.updated, f"`updated` is {pivot.updated}")
    for source, place in zip(prose.references, prose.places.references, strict=True):
        if source.accessed > today + _AHEAD:
            yield _problem(pivot.path, place, f"`accessed` of this source is {source.accessed}")


def check_page(page: OwnPage, today: date) -> Iterator[Problem]:
    """A warning where `updated` lies in the future."""
    if page.updated and page.updated > today + _AHEAD:
        yield _problem(page.path, page.updated_place, f"`updated` is {page.updated}")


def _problem(path: str, place: tuple[int, int], what: str) -> Problem:
    message = f"{what}, which is in the future"
    hint = "write the day on which it was done"
    return Problem(path, *place, "future-date", message, hint, Level.WARNING)
