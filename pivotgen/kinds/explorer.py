"""The explorer: /, every role, skill and pivot of the site, and the further pages of its lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pivotgen.kinds._kind import PageKind
from pivotgen.kinds._list import (
    ListPart,
    list_entries,
    list_head,
    list_parts,
    listed_pages,
    pager,
    words_of_list,
)
from pivotgen.kinds._structured_data import collection, graph_text
from pivotgen.memory.card_cache import CardCache
from pivotgen.model.address import HOME, output_of, role_address, skill_address
from pivotgen.model.page import Entry, Page, PlanInputs
from pivotgen.model.site import Site
from pivotgen.model.view import Card, Chrome, Head, Link, PageLink

# Roles and skills that one page lists: as many as a reader can take in. No page grows with the
# site.
_LISTED = 240


@dataclass(frozen=True, slots=True)
class RoleEntry:
    """A role as the explorer lists it."""

    name: str
    field: str
    into: Link | None
    into_total: int
    out: Link | None
    out_total: int


@dataclass(frozen=True, slots=True)
class FieldEntry:
    """A field of work and its roles, both in alphabetical order; the name may be empty."""

    name: str
    roles: tuple[RoleEntry, ...]


@dataclass(frozen=True, slots=True)
class SkillEntry:
    """A skill as the explorer lists it."""

    link: Link
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplorerRecipe:
    """One page of the explorer."""

    part: ListPart
    # How many roles the whole site has.
    roles: int
    fields: tuple[FieldEntry, ...]
    skills: tuple[SkillEntry, ...]

    @property
    def shows(self) -> tuple[int, ...]:
        return self.part.shows


@dataclass(frozen=True, slots=True)
class ExplorerView:
    """What explorer.html sees."""

    head: Head
    cards: tuple[Card, ...]
    total: int
    # A part of all roles and skills on each page, until all are listed.
    fields: tuple[FieldEntry, ...] = ()
    skills: tuple[SkillEntry, ...] = ()
    pages: tuple[PageLink, ...] = ()


def _entries(inputs: PlanInputs) -> Iterator[Entry]:
    total = len(inputs.site.nodes)
    return list_entries(HOME, total, inputs.page_size, _listed_pages(inputs))


def _listed_pages(inputs: PlanInputs) -> int:
    return listed_pages(inputs.site, inputs.site.nodes, inputs.page_size, is_public=True)


def _pages(inputs: PlanInputs) -> Iterator[Page]:
    site = inputs.site
    roles = _role_entries(site)
    skills = [
        SkillEntry(Link(site.skills[slug].name, skill_address(slug)), len(site.with_skill[slug]))
        for slug in site.skills
    ]
    listed = _listed_pages(inputs)
    for part, members in list_parts(site, HOME, list(site.nodes), inputs.page_size, listed):
        start, end = (part.number - 1) * _LISTED, part.number * _LISTED
        recipe = ExplorerRecipe(
            part=part,
            roles=len(site.roles),
            fields=_by_field(roles[start:end]),
            skills=tuple(skills[start:end]),
        )
        words = words_of_list(_texts(recipe), members)
        yield Page(output_of(part.address), KIND.name, recipe, words=words)


def _texts(recipe: ExplorerRecipe) -> Iterator[str]:
    """The names of all that a page lists beside pivots."""
    for group in recipe.fields:
        yield from (group.name, *(role.name for role in group.roles))
    yield from (skill.link.text for skill in recipe.skills)


def _role_entries(site: Site) -> list[RoleEntry]:
    """Every role, by field of work; roles that nobody has put into a field come last."""
    entries = []
    for slug, role in site.roles.items():
        into, out = len(site.into.get(slug, ())), len(site.out.get(slug, ()))
        entries.append(
            RoleEntry(
                name=role.name,
                field=role.text.field if role.text else "",
                into=Link(role.name, role_address("to", slug)) if into else None,
                into_total=into,
                out=Link(role.name, role_address("from", slug)) if out else None,
                out_total=out,
            )
        )
    return sorted(entries, key=lambda entry: (not entry.field, entry.field, entry.name))


def _by_field(entries: Sequence[RoleEntry]) -> tuple[FieldEntry, ...]:
    fields: dict[str, list[RoleEntry]] = {}
    for entry in entries:
        fields.setdefault(entry.field, []).append(entry)
    return tuple(FieldEntry(name, tuple(roles)) for name, roles in fields.items())


def _compose(recipe: ExplorerRecipe, text: None, cards: CardCache, chrome: Chrome) -> ExplorerView:
    phrases, part = chrome.phrases, recipe.part
    description = phrases.say(
        "home_description", pivots=phrases.count("pivots", part.total), roles=recipe.roles
    )
    head = list_head(chrome, part, phrases["home_title"], description)
    return ExplorerView(
        head=replace(head, crumbs=head.crumbs[:1]),
        cards=cards.cards(part.shows),
        total=part.total,
        fields=recipe.fields,
        skills=recipe.skills,
        pages=pager(part),
    )


def _structured_data(view: ExplorerView, chrome: Chrome) -> str:
    items = collection(view.head, view.cards, chrome)
    return graph_text(view.head, chrome, items, crumbs=False)


KIND = PageKind(
    name="explorer",
    recipe=ExplorerRecipe,
    entries=_entries,
    pages=_pages,
    view=ExplorerView,
    text=None,
    compose=_compose,
    structured_data=_structured_data,
)
