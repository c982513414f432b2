"""Plan: a site to its files, each with its recipe, in the order in which they are best made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from heapq import merge
from operator import itemgetter

from pivotgen.kinds import KINDS, AnyKind, page_kinds
from pivotgen.model.page import Entry, Page, PlanInputs


def plan(inputs: PlanInputs) -> Iterator[Page]:
    """Every file of the site. Pages that show the same cards come soon after one another.

    Each kind yields its pages in the order of `_place`, so the whole plan is never in memory.
    """
    parts = [
        _in_language(kind.pages(each), number, each.site.language if kind.spoken else "")
        for kind in KINDS.values()
        for number, each in enumerate(_inputs_of(inputs, kind))
    ]
    return (page for _, page in merge(*parts, key=itemgetter(0)))


def listed(inputs: PlanInputs) -> Iterator[Entry]:
    """The pages that search engines may list, in the order of the sitemap."""
    voices = spoken(inputs)
    for kind in page_kinds(KINDS.values()):
        for voice in voices:
            yield from (entry for entry in kind.entries(voice) if entry.listed)


def spoken(inputs: PlanInputs) -> list[PlanInputs]:
    """The same inputs in each language, for kinds whose files there are in each."""
    whole = inputs.whole or inputs.site
    voices = []
    for site in whole.every_voice():
        voice = replace(inputs, site=site, whole=whole)
        voices.append(replace(voice, listed=partial(_listed_in, voice)))
    return voices


def _listed_in(voice: PlanInputs) -> Iterator[Entry]:
    for kind in page_kinds(KINDS.values()):
        yield from (entry for entry in kind.entries(voice) if entry.listed)


def _inputs_of(inputs: PlanInputs, kind: AnyKind) -> list[PlanInputs]:
    return spoken(inputs) if kind.spoken else [replace(inputs, listed=lambda: listed(inputs))]


def served_addresses(inputs: PlanInputs) -> set[str]:
    """The address of every page and file that a link or a redirect may lead to."""
    return {entry.address for entry in entries(inputs) if entry.served}


def entries(inputs: PlanInputs, *, chosen: bool | None = None) -> Iterator[Entry]:
    """Every file of the site; with `chosen`, those whose address somebody chose, or the others."""
    for kind in KINDS.values():
        if chosen is None or kind.chosen == chosen:
            for each in _inputs_of(inputs, kind):
                yield from kind.entries(each)


def _in_language(
    pages: Iterator[Page], number: int, language: str
) -> Iterator[tuple[tuple[int, _Place], Page]]:
    """The pages of one kind in one language, each with its place in the plan."""
    for page in pages:
        yield (number, _place(page)), page._replace(language=language)


# Where a page stands among those of its language.
_Place = tuple[int, str, tuple[int, ...]]


def _place(page: Page) -> _Place:
    """Where a page stands in the plan.

    Files that show no cards come first, before processes have many cards at hand: a long sitemap
    takes much memory to make. Then come the pages of each role; then all others, by the first card
    that they show.
    """
    if page.near:
        return 1, page.near, ()
    shows = page.recipe.shows
    return (2, "", shows[:1]) if shows else (0, "", ())
