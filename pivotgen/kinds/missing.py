"""The page for addresses that do not exist: /404.html."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pivotgen.kinds._kind import PageKind
from pivotgen.kinds._languages import everywhere, peers_of
from pivotgen.kinds._structured_data import no_structured_data
from pivotgen.kinds._view import head_of
from pivotgen.memory.card_cache import CardCache
from pivotgen.model.address import MISSING, in_language, output_of, role_address
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.page import Entry, Page, PlanInputs
from pivotgen.model.view import Chrome, Head, Link

# Roles that the page names.
_ROLES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingRecipe:
    """A few places to go instead."""

    roles: tuple[Link, ...]
    shows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class MissingView:
    """What missing.html sees."""

    head: Head
    # A few places to go instead.
    roles: tuple[Link, ...] = ()


def _entries(inputs: PlanInputs) -> Iterator[Entry]:
    yield Entry(in_language(MISSING, inputs.site.root), "a file of the site")


def _pages(inputs: PlanInputs) -> Iterator[Page]:
    site = inputs.site
    busiest = sorted(site.into, key=lambda slug: (-len(site.into[slug]), slug))[:_ROLES]
    roles = tuple(site.roles[slug].link(role_address("to", slug, site.root)) for slug in busiest)
    address = in_language(MISSING, site.root)
    peers = peers_of(inputs, lambda site: in_language(MISSING, site.root), everywhere)
    yield Page(output_of(address), KIND.name, MissingRecipe(roles=roles), peers=peers)


def _compose(recipe: MissingRecipe, text: None, cards: CardCache, chrome: Chrome) -> MissingView:
    title, description = chrome.phrases["missing_title"], chrome.phrases["missing_description"]
    head = head_of(chrome, in_language(MISSING, chrome.root), title, description, [])
    return MissingView(replace(head, indexed=False), recipe.roles)


KIND = PageKind(
    name="missing",
    recipe=MissingRecipe,
    entries=_entries,
    pages=_pages,
    view=MissingView,
    text=None,
    compose=_compose,
    structured_data=no_structured_data,
)
