"""What the search of the finder looks through: titles, questions, skills and pages.

It is one file, /find/search.json. On a site with many pivots these have a file for each role that
they lead to, and the search loads those of the roles that a reader names.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pivotgen.kinds._kind import FileKind
from pivotgen.memory.card_cache import CardCache
from pivotgen.model.address import (
    SEARCH,
    output_of,
    own_page_address,
    role_search_address,
    skill_address,
)
from pivotgen.model.page import Entry, Page, PlanInputs
from pivotgen.model.site import Site
from pivotgen.model.view import Card, Chrome, Link

# Pivots that the one file may hold: about 40 kilobytes, compressed.
_IN_FILE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRecipe:
    """What one file holds."""

    # Whether this is the first file, and the pivots are in files of their roles.
    is_split: bool = False
    pages: tuple[Link, ...] = ()
    skills: tuple[Link, ...] = ()
    shows: tuple[int, ...] = ()


def _entries(inputs: PlanInputs) -> Iterator[Entry]:
    yield Entry(SEARCH, "a file of the site")
    if len(inputs.site.nodes) > _IN_FILE:
        for number, role in enumerate(inputs.site.roles):
            if role in inputs.site.into:
                yield Entry(role_search_address(number), "a file of the site")


def _pages(inputs: PlanInputs) -> Iterator[Page]:
    """The files by the first card that each shows."""
    site = inputs.site
    is_split = len(site.nodes) > _IN_FILE
    first = SearchRecipe(
        is_split=is_split,
        pages=tuple(
            Link(page.title.text, own_page_address(page.slug)) for page in site.pages.values()
        ),
        skills=tuple(Link(skill.name, skill_address(skill.slug)) for skill in site.skills.values()),
        shows=() if is_split else _numbers(site, tuple(site.nodes)),
    )
    files = [Page(output_of(SEARCH), KIND.name, first)]
    if is_split:
        for number, role in enumerate(site.roles):
            if role in site.into:
                recipe = SearchRecipe(shows=_numbers(site, site.into[role]))
                files.append(Page(output_of(role_search_address(number)), KIND.name, recipe))
    yield from sorted(files, key=lambda file: file.recipe.shows[:1])


def _numbers(site: Site, slugs: tuple[str, ...]) -> tuple[int, ...]:
    return tuple([site.nodes[slug].number for slug in slugs])


def _content(
    recipe: SearchRecipe, cards: CardCache, chrome: Chrome, read: Callable[[str], bytes]
) -> bytes:
    content = {
        "split": recipe.is_split,
        "pages": [[page.text, page.url] for page in recipe.pages],
        "skills": [[skill.text, skill.url] for skill in recipe.skills],
        "pivots": [_pivot(card) for card in cards.cards(recipe.shows)],
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def _pivot(card: Card) -> list[object]:
    """Its address and title; then each question with its id."""
    questions: list[str] = []
    for question in card.questions:
        questions += (question.url.partition("#")[2], question.text)
    return [card.url, card.title, *questions]


KIND = FileKind(
    name="search", recipe=SearchRecipe, entries=_entries, pages=_pages, content=_content
)
