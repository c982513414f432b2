"""The index of roles: /roles/, every role of the site by name, on as many pages as it takes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from pivotgen.kinds._directory import (
    LISTED,
    WITH_LETTERS,
    Group,
    RoleEntry,
    grouped,
    letters,
    pages_of,
    role_entries,
)
from pivotgen.kinds._kind import PageKind
from pivotgen.kinds._languages import everywhere, peers_of
from pivotgen.kinds._list import ListPart, list_entries, list_head, pager, words_of_list
from pivotgen.kinds._structured_data import collection, graph_text
from pivotgen.memory.card_cache import CardCache
from pivotgen.model.address import ROLES_INDEX, in_language, list_page_address, output_of
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.page import Entry, Page, PlanInputs
from pivotgen.model.site import Site
from pivotgen.model.view import Chrome, Head, Link, PageLink


@dataclass(frozen=True, slots=True, kw_only=True)
class RolesRecipe:
    """One page of the index."""

    part: ListPart
    roles: tuple[RoleEntry, ...]
    letters: tuple[Link, ...]
    shows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class RolesView:
    """What roles.html sees."""

    head: Head
    # How many roles the site has; 0 on further pages, which do not say it.
    total: int
    # The roles of this page, by letter where there are many.
    groups: tuple[Group[RoleEntry], ...]
    # Each letter of the whole index; none where there are few roles.
    letters: tuple[Link, ...] = ()
    pages: tuple[PageLink, ...] = ()


def _entries(inputs: PlanInputs) -> Iterator[Entry]:
    total = len(inputs.site.roles)
    base = in_language(ROLES_INDEX, inputs.site.root)
    return list_entries(base, total, LISTED, pages_of(total))


def _pages(inputs: PlanInputs) -> Iterator[Page]:
    base = in_language(ROLES_INDEX, inputs.site.root)
    roles = role_entries(inputs.site)
    names = [role.name for role in roles]
    index = tuple(letters(names, base)) if len(names) >= WITH_LETTERS else ()
    pages = pages_of(len(roles))
    for number in range(1, pages + 1):
        part = ListPart(
            base=base, number=number, pages=pages, total=len(roles), shows=()
        ).counted_once()
        shown = tuple(roles[(number - 1) * LISTED : number * LISTED])
        recipe = RolesRecipe(part=part, roles=shown, letters=index)
        texts = (text for role in shown for text in (role.name, role.field, role.description))
        words = words_of_list(texts, ())
        peers = peers_of(inputs, partial(_address, number), everywhere)
        yield Page(output_of(part.address), KIND.name, recipe, words=words, peers=peers)


def _address(number: int, site: Site) -> str | None:
    is_there = number <= pages_of(len(site.roles))
    return list_page_address(in_language(ROLES_INDEX, site.root), number) if is_there else None


def _compose(recipe: RolesRecipe, text: None, cards: CardCache, chrome: Chrome) -> RolesView:
    phrases, part = chrome.phrases, recipe.part
    description = phrases["roles_description"]
    return RolesView(
        head=list_head(chrome, part, phrases["roles"], description),
        total=part.total,
        groups=grouped(recipe.roles, lambda role: role.name, by_letter=bool(recipe.letters)),
        letters=recipe.letters,
        pages=pager(part),
    )


def _structured_data(view: RolesView, chrome: Chrome) -> str:
    links = [Link(role.name, role.url) for group in view.groups for role in group.entries]
    return graph_text(view.head, chrome, collection(view.head, links, chrome))


KIND = PageKind(
    name="roles",
    recipe=RolesRecipe,
    entries=_entries,
    pages=_pages,
    view=RolesView,
    text=None,
    compose=_compose,
    structured_data=_structured_data,
    has_twin=True,
)
