"""The explorer: /, a directory of the site's roles that stays short however many there are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pivotgen.kinds._directory import (
    LISTED,
    WITH_LETTERS,
    Group,
    RoleEntry,
    SkillEntry,
    grouped,
    letters,
    role_entries,
    skill_entries,
)
from pivotgen.kinds._kind import PageKind
from pivotgen.kinds._languages import everywhere, peers_of
from pivotgen.kinds._list import words_of_list
from pivotgen.kinds._structured_data import collection, graph_text, pivots_in
from pivotgen.kinds._view import head_of
from pivotgen.memory.card_cache import CardCache
from pivotgen.model.address import HOME, ROLES_INDEX, in_language, output_of
from pivotgen.model.languages import direction_of
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.page import Entry, Page, PlanInputs
from pivotgen.model.view import Card, Chrome, Head, Link

# A site with more pivots has them in the lists of its roles alone.
_MOST_PIVOTS = 120
# Roles and skills that it names where it cannot name all.
_BUSIEST, _SKILLS = 48, 12


@dataclass(frozen=True, slots=True)
class FieldEntry:
    """A field of work and its roles, both in alphabetical order; the name may be empty."""

    name: str
    roles: tuple[RoleEntry, ...]
    # The language of the name, where that is not the page's; and how that is read.
    language: str = ""
    direction: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplorerRecipe:
    """What the explorer lists, and how much the site has."""

    pivots: int
    roles: int
    skills: int
    listed_roles: tuple[RoleEntry, ...]
    listed_skills: tuple[SkillEntry, ...]
    letters: tuple[Link, ...]
    shows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ExplorerView:
    """What explorer.html sees."""

    head: Head
    # Every pivot of a small site; a large one has none here.
    cards: tuple[Card, ...]
    # How many pivots, roles and skills the site has.
    total: int
    roles_total: int
    skills_total: int
    # Roles by their fields of work, on a site with few of them.
    fields: tuple[FieldEntry, ...] = ()
    # Roles by their letters, on a site with many; on one with too many, the busiest in one group.
    groups: tuple[Group[RoleEntry], ...] = ()
    # Where each letter begins, on a site with many roles.
    letters: tuple[Link, ...] = ()
    # The skills that most pivots name.
    skills: tuple[SkillEntry, ...] = ()


def _entries(inputs: PlanInputs) -> Iterator[Entry]:
    yield Entry(in_language(HOME, inputs.site.root), "a page of the site", listed=True)


def _pages(inputs: PlanInputs) -> Iterator[Page]:
    site = inputs.site
    roles, skills = role_entries(site), skill_entries(site)
    names = [role.name for role in roles]
    listed_roles, index = roles, ""
    if len(roles) > LISTED:
        listed_roles, index = _busiest(roles), in_language(ROLES_INDEX, site.root)
    few = len(site.nodes) <= _MOST_PIVOTS
    recipe = ExplorerRecipe(
        pivots=len(site.nodes),
        roles=len(roles),
        skills=len(skills),
        listed_roles=tuple(listed_roles),
        listed_skills=_most_named(skills),
        letters=tuple(letters(names, index)) if len(roles) >= WITH_LETTERS else (),
        shows=tuple([node.number for node in site.nodes.values()]) if few else (),
    )
    words = words_of_list(_texts(recipe), (node.address for node in site.nodes.values()))
    output = output_of(in_language(HOME, site.root))
    peers = peers_of(inputs, lambda site: in_language(HOME, site.root), everywhere)
    yield Page(output, KIND.name, recipe, words=words, peers=peers)


def _busiest(roles: Sequence[RoleEntry]) -> list[RoleEntry]:
    """The roles with most paths, by name."""
    paths = {role.url: role.into_total + role.out_total for role in roles}
    ranked = sorted(roles, key=lambda role: -paths[role.url])
    chosen = {role.url for role in ranked[:_BUSIEST]}
    return [role for role in roles if role.url in chosen]


def _most_named(skills: Sequence[SkillEntry]) -> tuple[SkillEntry, ...]:
    """The skills that most pivots name, by name."""
    ranked = sorted(skills, key=lambda skill: -skill.total)
    chosen = {skill.link.url for skill in ranked[:_SKILLS]}
    return tuple(skill for skill in skills if skill.link.url in chosen)


def _texts(recipe: ExplorerRecipe) -> Iterator[str]:
    """The names of all that the page lists beside pivots."""
    for role in recipe.listed_roles:
        yield from (role.field, role.name)
    yield from (skill.link.text for skill in recipe.listed_skills)


def _compose(recipe: ExplorerRecipe, text: None, cards: CardCache, chrome: Chrome) -> ExplorerView:
    phrases = chrome.phrases
    description = phrases.count("home_description", recipe.pivots, roles=recipe.roles)
    roles, by_letter = recipe.listed_roles, recipe.roles == len(recipe.listed_roles)
    groups = grouped(roles, lambda role: role.name, by_letter=by_letter)
    return ExplorerView(
        head=head_of(chrome, chrome.home, phrases["home_title"], description, []),
        cards=cards.cards(recipe.shows),
        total=recipe.pivots,
        roles_total=recipe.roles,
        skills_total=recipe.skills,
        fields=() if recipe.letters else _by_field(roles),
        groups=groups if recipe.letters else (),
        letters=recipe.letters,
        skills=recipe.listed_skills,
    )


def _by_field(roles: Sequence[RoleEntry]) -> tuple[FieldEntry, ...]:
    """The roles by field of work; those that nobody has put into a field come last."""
    fields: dict[str, list[RoleEntry]] = {}
    for role in roles:
        fields.setdefault(role.field, []).append(role)
    names = sorted(fields, key=lambda name: (not name, name))
    return tuple(_field(name, fields[name]) for name in names)


def _field(name: str, roles: Sequence[RoleEntry]) -> FieldEntry:
    language = roles[0].field_language
    return FieldEntry(name, tuple(roles), language, direction_of(language) if language else "")


def _structured_data(view: ExplorerView, chrome: Chrome) -> str:
    # What a large site lists here are its roles.
    listed = [*(each.roles for each in view.fields), *(each.entries for each in view.groups)]
    roles = [Link(role.name, role.url) for some in listed for role in some]
    members = pivots_in(view.cards) or roles
    items = collection(view.head, members, chrome)
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
    has_twin=True,
)
