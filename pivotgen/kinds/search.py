"""What the search of the finder shows: titles, questions, skills and pages.

It is one file, /find/search.json. On a site with many pivots that file only says how all this is
parted: the pivots into each role, the skills and the pages are in files of their own, and
/find/words/ tells which of them have a word.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from pivotgen.kinds._kind import FileKind
from pivotgen.kinds._search_words import (
    GROUP_OTHERS,
    IN_PART,
    OTHERS_IN_PART,
    WordFiles,
    other_entries,
    pivots_by_role,
    stride_of,
    word_files,
)
from pivotgen.memory.card_cache import CardCache
from pivotgen.model.address import SEARCH, in_language, output_of, search_part_address
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.page import Entry, Page, PlanInputs
from pivotgen.model.site import Site
from pivotgen.model.view import Asked, Chrome, Link

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRecipe:
    """What one file holds."""

    # Of the first file, where the others are parted: how words are, and a number that no role has
    # more pivots than.
    words: WordFiles | None = None
    stride: int = 0
    pages: tuple[Link, ...] = ()
    skills: tuple[Link, ...] = ()
    shows: tuple[int, ...] = ()


def _entries(inputs: PlanInputs) -> Iterator[Entry]:
    site = inputs.site
    yield Entry(in_language(SEARCH, site.root), "a file of the site")
    if word_files(site):
        for address, *_ in _parts(site):
            yield Entry(address, "a file of the site")


def _pages(inputs: PlanInputs) -> Iterator[Page]:
    """The files that show no pivots; then the parts of each role, which show those of its lists."""
    site = inputs.site
    if words := word_files(site):
        first = SearchRecipe(words=words, stride=stride_of(site))
    else:
        skills, pages = other_entries(site)
        numbers = tuple(node.number for node in site.nodes.values())
        first = SearchRecipe(skills=skills, pages=pages, shows=numbers)
    yield Page(output_of(in_language(SEARCH, site.root)), KIND.name, first)
    if words:
        for address, recipe, role in _parts(site):
            yield Page(output_of(address), KIND.name, recipe, near=role)


def _parts(site: Site) -> Iterator[tuple[str, SearchRecipe, str]]:
    """Address and recipe of each part, and the role of its pivots: skills, pages, then pivots."""
    skills, pages = other_entries(site)
    for part, others in enumerate(_cut((*skills, *pages), OTHERS_IN_PART)):
        start = part * OTHERS_IN_PART
        count = max(0, len(skills) - start)
        recipe = SearchRecipe(skills=tuple(others[:count]), pages=tuple(others[count:]))
        yield in_language(search_part_address(GROUP_OTHERS, part), site.root), recipe, ""
    for number, (role, slugs) in enumerate(pivots_by_role(site)):
        for part, some in enumerate(_cut(slugs, IN_PART)):
            numbers = tuple([site.nodes[slug].number for slug in some])
            address = in_language(search_part_address(str(number), part), site.root)
            yield address, SearchRecipe(shows=numbers), role


def _cut(values: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    return (values[at : at + size] for at in range(0, len(values), size))


def _content(
    recipe: SearchRecipe, cards: CardCache, chrome: Chrome, read: Callable[[str], bytes]
) -> bytes:
    content: dict[str, object] = {
        "pages": _links(recipe.pages, chrome.root),
        "skills": _links(recipe.skills, chrome.root),
        "pivots": [_pivot(asked, chrome.root) for asked in cards.asked(recipe.shows)],
    }
    if recipe.words:
        split = {"files": recipe.words.files, "letters": recipe.words.letters}
        content["split"] = {**split, "stride": recipe.stride}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def _links(links: Sequence[Link], root: str) -> list[list[str]]:
    """Texts and addresses; these are without the root, which the script knows."""
    return [[link.text, link.url.removeprefix(root)] for link in links]


def _pivot(asked: Asked, root: str) -> list[str]:
    """Its address and title; then each question with its id."""
    pivot = [asked.url.removeprefix(root), asked.title]
    for question in asked.questions:
        pivot += (question.url.partition("#")[2], question.text)
    return pivot


KIND = FileKind(
    name="search",
    recipe=SearchRecipe,
    entries=_entries,
    pages=_pages,
    shows_asked=True,
    content=_content,
    spoken=True,
)
