"""The map of roles and moves: /find/map/, a drawing made of links, and the same as a list."""

from __future__ import annotations

from collections.abc import Iterator

from pivotgen.kinds._kind import PageKind
from pivotgen.kinds._languages import everywhere, peers_of
from pivotgen.kinds._list import addresses_of, words_of_list
from pivotgen.kinds._map import RoleMap, map_of
from pivotgen.kinds._map_drawing import drawing, field_name
from pivotgen.kinds._structured_data import graph_text
from pivotgen.kinds._view import head_of
from pivotgen.memory.card_cache import CardCache
from pivotgen.model.address import FINDER, MAP, in_language, output_of
from pivotgen.model.languages import direction_of
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.page import Entry, Page, PlanInputs
from pivotgen.model.phrases import Phrases
from pivotgen.model.view import Chrome, Head, Link


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleMapRecipe:
    """What is drawn."""

    drawn: RoleMap
    shows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class RoleMapEntry:
    """A role in the list under the map, and the pivots out of it."""

    role: Link
    moves: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class RoleMapField:
    """A field of work in that list."""

    name: str
    entries: tuple[RoleMapEntry, ...]
    # Of a large site: how many moves lead to each field, as "Technology (12)".
    leads_to: tuple[str, ...]
    # The language of the name, where that is not the page's; and how that is read.
    language: str = ""
    direction: str = ""


@dataclass(frozen=True, slots=True)
class RoleMapView:
    """What role-map.html sees."""

    head: Head
    # SVG.
    drawing: str
    fields: tuple[RoleMapField, ...]


def _entries(inputs: PlanInputs) -> Iterator[Entry]:
    yield Entry(in_language(MAP, inputs.site.root), "a page of the site", listed=True)


def _pages(inputs: PlanInputs) -> Iterator[Page]:
    drawn = map_of(inputs.site)
    texts = (text for role in drawn.roles for text in (role.name, drawn.fields[role.field]))
    words = words_of_list(texts, addresses_of(inputs.site, inputs.site.nodes))
    output = output_of(in_language(MAP, inputs.site.root))
    peers = peers_of(inputs, lambda site: in_language(MAP, site.root), everywhere)
    yield Page(output, KIND.name, RoleMapRecipe(drawn=drawn), words=words, peers=peers)


def _compose(recipe: RoleMapRecipe, text: None, cards: CardCache, chrome: Chrome) -> RoleMapView:
    phrases, drawn = chrome.phrases, recipe.drawn
    finder, address = in_language(FINDER, chrome.root), in_language(MAP, chrome.root)
    description = phrases.count("map_description", drawn.moves_total, roles=drawn.roles_total)
    crumbs = [Link(phrases["finder"], finder), Link(phrases["map"], address)]
    head = head_of(chrome, address, phrases["map"], description, crumbs)
    return RoleMapView(head, drawing(drawn, phrases), tuple(_fields(drawn, phrases)))


def _fields(drawn: RoleMap, phrases: Phrases) -> Iterator[RoleMapField]:
    moves: dict[int, list[Link]] = {}
    for move in drawn.moves:
        target = drawn.roles[move.target]
        link = Link(target.name, move.url, target.language)
        moves.setdefault(move.origin, []).append(link)
    for number, name in enumerate(drawn.fields):
        entries = tuple(
            RoleMapEntry(Link(role.name, role.url, role.language), tuple(moves.get(nth, ())))
            for nth, role in enumerate(drawn.roles)
            if role.field == number
        )
        leads_to = tuple(
            f"{field_name(drawn.fields[target], phrases)} ({phrases.number(count)})"
            for origin, target, count in drawn.counts
            if origin == number
        )
        language = drawn.foreign.get(name, "")
        direction = direction_of(language) if language else ""
        yield RoleMapField(field_name(name, phrases), entries, leads_to, language, direction)


def _structured_data(view: RoleMapView, chrome: Chrome) -> str:
    return graph_text(view.head, chrome, [])


KIND = PageKind(
    name="role-map",
    recipe=RoleMapRecipe,
    entries=_entries,
    pages=_pages,
    view=RoleMapView,
    text=None,
    compose=_compose,
    structured_data=_structured_data,
)
