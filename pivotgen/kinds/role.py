"""The pages of a role: /to/<role>/, the pivots into it, and /from/<role>/, the pivots out of it.

The first page of each shows some pivots of the other side too, so either is the whole of the role.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field as new_field
from functools import partial
from typing import NamedTuple

from pivotgen.kinds._hub_map import HubMap, HubMaps
from pivotgen.kinds._kind import PageKind
from pivotgen.kinds._list import (
    ListPart,
    addresses_of,
    by_first_card,
    list_head,
    list_parts,
    listed_pages,
    pager,
    part_peers,
    pivot_entries,
    words_of_list,
)
from pivotgen.kinds._questions import has_questions
from pivotgen.kinds._structured_data import collection, graph_text, occupation, pivots_in
from pivotgen.kinds._two_moves import Onward, TwoMoves, TwoMoveWays, onward
from pivotgen.kinds._view import fill_placeholders
from pivotgen.memory.card_cache import CardCache
from pivotgen.model.address import (
    ROLES_INDEX,
    Side,
    in_language,
    output_of,
    questions_address,
    role_address,
    skill_address,
)
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.own_keys import NO_KEYS, OwnKeys, StoredKeys, shown_keys
from pivotgen.model.page import Entry, Page, PlanInputs
from pivotgen.model.picture import LinkTarget
from pivotgen.model.role import RoleBody
from pivotgen.model.site import Site
from pivotgen.model.view import Card, Chrome, Head, Link, PageLink, named

# Skills that one list names, and pivots of the other side that it shows.
_COMMON_SKILLS, _OTHERS = 8, 8


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleRecipe:
    """One page of a role's list."""

    part: ListPart
    side: Side
    slug: str
    name: str
    description: str
    field: str
    aliases: tuple[str, ...]
    # What is behind the link placeholders of its text, where it has one.
    addresses: tuple[LinkTarget, ...]
    # The first pivots of the other side, and how many it has; only on the first page.
    others: tuple[int, ...]
    other_total: int
    skills: tuple[Link, ...]
    # What can be reached in two moves; only on the first page of the paths out of the role.
    two_moves: tuple[TwoMoves, ...]
    # Only on the first page of either side.
    hub_map: HubMap
    has_questions: bool
    stored_extra: StoredKeys
    # The forms of its name.
    forms: Mapping[str, str] = new_field(default_factory=dict)
    # Whether its description is in the site's own language, and the page in another.
    foreign: bool = False
    # The language of its name, where that is not the page's.
    language: str = ""

    @property
    def shows(self) -> tuple[int, ...]:
        return (*self.part.shows, *self.others)


@dataclass(frozen=True, slots=True)
class RoleView:
    """What role.html sees: one page of a list that may have several."""

    head: Head
    # "to" (paths into the role) or "from" (paths out of it).
    side: Side
    name: str
    description: str
    field: str
    aliases: tuple[str, ...]
    # HTML of the role's description; only on the first page of the "to" side.
    body: str
    cards: tuple[Card, ...]
    # How many cards all pages of this list hold together; 0 on further pages, as in what follows.
    total: int
    # The same role from the other side, some of its paths, and how many it has.
    other_side: Link
    others: tuple[Card, ...]
    other_total: int
    # The skills its pivots name most, most frequent first.
    skills: tuple[Link, ...]
    # Roles that can be reached in two moves, the shortest ways first; only on the first page of
    # the "from" side.
    two_moves: tuple[Onward, ...] = ()
    # Roles that lead here and that it leads to; only on the first page of either side.
    hub_map: HubMap = HubMap()
    # The page with the questions that the paths into the role answer, where there is one.
    questions: Link | None = None
    # The site's own keys of the role's file.
    extra: OwnKeys = NO_KEYS
    pages: tuple[PageLink, ...] = ()
    # The role itself, as phrases name it; the link leads to this list.
    role: Link = Link("", "")
    # The language of its description, where that is not the page's.
    language: str = ""


def _entries(inputs: PlanInputs) -> Iterator[Entry]:
    sides: tuple[Side, Side] = ("to", "from")
    for side in sides:
        members = _members(inputs.site, side)
        for slug in inputs.site.roles:
            listed = _listed_pages(inputs, slug, side)
            base = role_address(side, slug, inputs.site.root)
            yield from pivot_entries(inputs, base, members.get(slug, ()), listed)


def _pages(inputs: PlanInputs) -> Iterator[Page]:
    """The lists of paths into each role, role by role; then those of paths out of them."""
    moves = _Moves(TwoMoveWays(inputs.site), HubMaps(inputs.site))
    for slug in inputs.site.roles:
        yield from _list(inputs, slug, "to", moves)
    yield from by_first_card(_list(inputs, slug, "from", moves) for slug in inputs.site.roles)


class _Moves(NamedTuple):
    """What the first page of a list says of moves beside its own."""

    ways: TwoMoveWays
    maps: HubMaps


def _list(inputs: PlanInputs, slug: str, side: Side, moves: _Moves) -> Iterator[Page]:
    site, role, text = inputs.site, inputs.site.roles[slug], inputs.site.roles[slug].text
    slugs = _members(site, side).get(slug, ())
    count = Counter(skill for pivot in slugs for skill in site.nodes[pivot].skills)
    common = sorted(count, key=lambda skill: (-count[skill], site.skills[skill].name))
    skills = tuple(
        site.skills[skill].link(skill_address(skill, site.root))
        for skill in common[:_COMMON_SKILLS]
    )
    listed = _listed_pages(inputs, slug, side)
    address = role_address(side, slug, site.root)
    others = _members(site, _other(side)).get(slug, ())
    for part, members in list_parts(site, address, slugs, inputs.page_size, listed):
        first = part.number == 1
        # The text about the role stands on one page only: the first of the paths into it.
        path = text.path if text and side == "to" and first else ""
        recipe = RoleRecipe(
            part=part,
            side=side,
            slug=slug,
            name=role.name,
            description=text.description if text else "",
            field=text.field if text else "",
            aliases=tuple(alias.text for alias in text.aliases) if text else (),
            addresses=site.addresses[path] if path else (),
            others=tuple(site.nodes[pivot].number for pivot in others[:_OTHERS]) if first else (),
            other_total=len(others) if first else 0,
            skills=skills if first else (),
            has_questions=first and side == "to" and has_questions(site, slug),
            two_moves=moves.ways.out_of(slug) if first and side == "from" else (),
            hub_map=moves.maps.of(slug) if first else HubMap(),
            stored_extra=text.stored_extra if text else inputs.no_role_extra,
            forms=role.forms,
            foreign=text is not None and text.path in site.foreign,
            language=role.language,
        )
        near = slug if side == "to" else ""
        texts = recipe.name, recipe.description, recipe.field
        words = words_of_list(texts, addresses_of(site, members))
        base, of = partial(_base, slug, side), partial(_slugs, slug, side)
        peers = part_peers(inputs, part.number, base, of)
        yield Page(output_of(part.address), KIND.name, recipe, path, near, words, peers=peers)


def _base(slug: str, side: Side, site: Site) -> str:
    return role_address(side, slug, site.root) if slug in site.roles else ""


def _slugs(slug: str, side: Side, site: Site) -> Sequence[str]:
    return _members(site, side).get(slug, ())


def _listed_pages(inputs: PlanInputs, slug: str, side: Side) -> int:
    """A role has both its lists as soon as one published pivot names it, on either side."""
    site = inputs.site
    others = _members(site, _other(side)).get(slug, ())
    is_public = not site.drafts.issuperset(others)
    slugs = _members(site, side).get(slug, ())
    return listed_pages(site, slugs, inputs.page_size, is_public=is_public)


def _members(site: Site, side: Side) -> Mapping[str, tuple[str, ...]]:
    """The pivots on one side of every role."""
    return site.into if side == "to" else site.out


def _other(side: Side) -> Side:
    return "from" if side == "to" else "to"


def _compose(
    recipe: RoleRecipe, body: RoleBody | None, cards: CardCache, chrome: Chrome
) -> RoleView:
    phrases, part, into = chrome.phrases, recipe.part, recipe.side == "to"
    root = chrome.root
    address = role_address(recipe.side, recipe.slug, root)
    role = named(Link(recipe.name, address, recipe.language), recipe.forms)
    titles = phrases.say("paths_into", role=role), phrases.say("paths_out", role=role)
    title, other_title = titles if into else titles[::-1]
    name = "into_description" if into else "out_description"
    description = phrases.count(name, part.total, role=role)
    way = (Link(phrases["roles"], in_language(ROLES_INDEX, root)), Link(title, address))
    questions = Link(
        phrases.say("questions_title", role=role), questions_address(recipe.slug, root)
    )
    return RoleView(
        head=list_head(chrome, part, title, description, way),
        side=recipe.side,
        name=recipe.name,
        description=recipe.description,
        field=recipe.field,
        aliases=recipe.aliases,
        body=fill_placeholders(body.html, recipe.addresses, chrome.phrases) if body else "",
        cards=cards.cards(part.shows),
        total=part.total,
        other_side=Link(other_title, role_address(_other(recipe.side), recipe.slug, root)),
        others=cards.cards(recipe.others),
        other_total=recipe.other_total,
        skills=recipe.skills,
        two_moves=tuple(onward(way, phrases) for way in recipe.two_moves),
        hub_map=recipe.hub_map,
        questions=questions if recipe.has_questions else None,
        extra=shown_keys(recipe.stored_extra),
        pages=pager(part),
        role=role,
        language=chrome.source_language if recipe.foreign else "",
    )


def _structured_data(view: RoleView, chrome: Chrome) -> str:
    """The list and the role. What the role is stands on the first page of the paths into it."""
    role = occupation(view.name, view.other_side.url, chrome)
    if view.side == "to" and view.total:
        role |= {
            name: value
            for name, value in (
                ("alternateName", list(view.aliases)),
                ("description", view.description),
                ("skills", ", ".join(skill.text for skill in view.skills)),
                ("mainEntityOfPage", view.head.canonical),
            )
            if value
        }
    items = collection(view.head, pivots_in(view.cards), chrome)
    items[0]["about"] = {"@id": role["@id"]}
    return graph_text(view.head, chrome, [*items, role])


KIND = PageKind(
    name="role",
    recipe=RoleRecipe,
    entries=_entries,
    pages=_pages,
    view=RoleView,
    text=RoleBody,
    compose=_compose,
    structured_data=_structured_data,
    has_twin=True,
)
