"""older-date: an `updated` from before the words of the page last changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pivotgen.model.problem import Level, Problem
from pivotgen.model.site import Site


def check_site(site: Site, today: date) -> Iterator[Problem]:
    """A warning at each `updated` that pivots.lock knows to be too early."""
    for slug, node in site.nodes.items():
        if node.updated and (why := _later(site, node.path, node.updated)):
            yield _problem(node.path, site.prose[slug].places.updated, node.updated, why)
    for path, page in site.pages.items():
        if page.updated and (why := _later(site, path, page.updated)):
            yield _problem(path, page.updated_place, page.updated, why)


def _later(site: Site, path: str, updated: date) -> str:
    """When the words changed after that day, in words; "" when they did not."""
    recorded = site.recorded.get(path)
    if recorded is None:
        return ""
    if recorded.fits:
        return f"on {recorded.day}" if recorded.day > updated else ""
    return f"since {recorded.day}" if recorded.day >= updated else ""


def _problem(path: str, place: tuple[int, int], updated: date, why: str) -> Problem:
    message = f"`updated` is {updated}, and the words of this page changed {why}"
    hint = "write the new day, or take `updated` out and run `pivotgen lock`; with `--minor` for "
    hint += "a small change"
    return Problem(path, *place, "older-date", message, hint, Level.WARNING)
