"""The page that answers "from this role to that one": /find/, where the finder's script works."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pivotgen.kinds._kind import PageKind
from pivotgen.kinds._structured_data import no_structured_data
from pivotgen.kinds._view import head_of
from pivotgen.memory.card_cache import CardCache
from pivotgen.model.address import FINDER, output_of
from pivotgen.model.page import Entry, Page, PlanInputs
from pivotgen.model.view import Chrome, Head, Link


@dataclass(frozen=True, slots=True, kw_only=True)
class FindRecipe:
    """It needs nothing of the graph: the script reads the moves."""

    shows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class FindView:
    """What find.html sees."""

    head: Head


def _entries(inputs: PlanInputs) -> Iterator[Entry]:
    yield Entry(FINDER, "a page of the site", listed=True)


def _pages(inputs: PlanInputs) -> Iterator[Page]:
    yield Page(output_of(FINDER), KIND.name, FindRecipe())


def _compose(recipe: FindRecipe, text: None, cards: CardCache, chrome: Chrome) -> FindView:
    title, description = chrome.phrases["finder"], chrome.phrases["finder_description"]
    return FindView(head_of(chrome, FINDER, title, description, [Link(title, FINDER)]))


KIND = PageKind(
    name="find",
    recipe=FindRecipe,
    entries=_entries,
    pages=_pages,
    view=FindView,
    text=None,
    compose=_compose,
    structured_data=no_structured_data,
)
