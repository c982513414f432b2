"""Plan: a site to its files, each with its recipe, in the order in which they are best made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from heapq import merge

from pivotgen.kinds import KINDS, page_kinds
from pivotgen.model.page import Entry, Page, PlanInputs


def plan(inputs: PlanInputs) -> Iterator[Page]:
    """Every file of the site. Pages that show the same cards come soon after one another.

    Each kind yields its pages in the order of `_place`, so the whole plan is never in memory.
    """
    whole = replace(inputs, listed=lambda: listed(inputs))
    return merge(*(kind.pages(whole) for kind in KINDS.values()), key=_place)


def listed(inputs: PlanInputs) -> Iterator[Entry]:
    """The pages that search engines may list, in the order of the sitemap."""
    for kind in page_kinds(KINDS.values()):
        yield from (entry for entry in kind.entries(inputs) if entry.listed)


def served_addresses(inputs: PlanInputs) -> set[str]:
    """The address of every page and file that a link or a redirect may lead to."""
    return {entry.address for entry in entries(inputs) if entry.served}


def entries(inputs: PlanInputs, *, chosen: bool | None = None) -> Iterator[Entry]:
    """Every file of the site; with `chosen`, those whose address somebody chose, or the others."""
    whole = replace(inputs, listed=lambda: listed(inputs))
    for kind in KINDS.values():
        if chosen is None or kind.chosen == chosen:
            yield from kind.entries(whole)


def _place(page: Page) -> tuple[int, str, tuple[int, ...]]:
    """Where a page stands in the plan.

    Files that show no cards come first, before processes have many cards at hand: a long sitemap
    takes much memory to make. Then come the pages of each role; then all others, by the first card
    that they show.
    """
    if page.near:
        return 1, page.near, ()
    shows = page.recipe.shows
    return (2, "", shows[:1]) if shows else (0, "", ())
