"""The list of a skill: /skills/<skill>/, the pivots in which it carries over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from functools import partial

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
from pivotgen.kinds._structured_data import collection, graph_text, pivots_in
from pivotgen.memory.card_cache import CardCache
from pivotgen.model.address import (
    SKILLS_INDEX,
    Side,
    in_language,
    output_of,
    role_address,
    skill_address,
)
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.page import Entry, Page, PlanInputs
from pivotgen.model.site import Site
from pivotgen.model.view import Card, Chrome, Head, Link, PageLink, named

# Roles that one list names on each side.
_ROLES = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillRecipe:
    """One page of a skill's list."""

    part: ListPart
    name: str
    origins: tuple[Link, ...]
    targets: tuple[Link, ...]
    # The forms of its name.
    forms: Mapping[str, str] = field(default_factory=dict)
    # The language of its name, where that is not the page's.
    language: str = ""

    @property
    def shows(self) -> tuple[int, ...]:
        return self.part.shows


@dataclass(frozen=True, slots=True)
class SkillView:
    """What skill.html sees: one page of a list that may have several."""

    head: Head
    name: str
    cards: tuple[Card, ...]
    # How many pivots the whole list has; 0 on further pages.
    total: int
    # Roles that pivots with this skill start from, and roles they reach; only on the first page.
    origins: tuple[Link, ...]
    targets: tuple[Link, ...]
    pages: tuple[PageLink, ...] = ()
    # The skill itself; the link leads to this list.
    skill: Link = Link("", "")


def _entries(inputs: PlanInputs) -> Iterator[Entry]:
    for slug in inputs.site.skills:
        slugs = inputs.site.with_skill[slug]
        listed = _listed_pages(inputs, slug)
        base = skill_address(slug, inputs.site.root)
        yield from pivot_entries(inputs, base, slugs, listed)


def _pages(inputs: PlanInputs) -> Iterator[Page]:
    return by_first_card(_list(inputs, slug) for slug in inputs.site.skills)


def _list(inputs: PlanInputs, slug: str) -> Iterator[Page]:
    site, slugs = inputs.site, inputs.site.with_skill[slug]
    origins = _busiest(site, (site.nodes[pivot].origin for pivot in slugs), "from")
    targets = _busiest(site, (site.nodes[pivot].target for pivot in slugs), "to")
    listed = _listed_pages(inputs, slug)
    address = skill_address(slug, site.root)
    for part, members in list_parts(site, address, slugs, inputs.page_size, listed):
        first = part.number == 1
        recipe = SkillRecipe(
            part=part,
            name=site.skills[slug].name,
            forms=site.skills[slug].forms,
            language=site.skills[slug].language,
            origins=origins if first else (),
            targets=targets if first else (),
        )
        words = words_of_list((recipe.name,), addresses_of(site, members))
        peers = part_peers(inputs, part.number, partial(_base, slug), partial(_members, slug))
        yield Page(output_of(part.address), KIND.name, recipe, words=words, peers=peers)


def _base(slug: str, site: Site) -> str:
    return skill_address(slug, site.root) if slug in site.skills else ""


def _members(slug: str, site: Site) -> Sequence[str]:
    return site.with_skill.get(slug, ())


def _listed_pages(inputs: PlanInputs, slug: str) -> int:
    slugs = inputs.site.with_skill[slug]
    return listed_pages(inputs.site, slugs, inputs.page_size, is_public=False)


def _busiest(site: Site, roles: Iterable[str], side: Side) -> tuple[Link, ...]:
    """The roles named most, in alphabetical order."""
    count = Counter(roles)
    most = sorted(count, key=lambda slug: (-count[slug], slug))[:_ROLES]
    links = (site.roles[slug].link(role_address(side, slug, site.root)) for slug in most)
    return tuple(sorted(links, key=lambda link: link.text))


def _compose(recipe: SkillRecipe, text: None, cards: CardCache, chrome: Chrome) -> SkillView:
    phrases, part = chrome.phrases, recipe.part
    link = Link(recipe.name, part.base, recipe.language)
    skill = named(link, recipe.forms)
    title = phrases.say("skill_title", skill=skill)
    description = phrases.count("skill_description", part.total, skill=skill)
    index = in_language(SKILLS_INDEX, chrome.root)
    way = (Link(phrases["skills_index"], index), link)
    return SkillView(
        head=list_head(chrome, part, title, description, way),
        name=recipe.name,
        cards=cards.cards(part.shows),
        total=part.total,
        origins=recipe.origins,
        targets=recipe.targets,
        pages=pager(part),
        skill=skill,
    )


def _structured_data(view: SkillView, chrome: Chrome) -> str:
    return graph_text(view.head, chrome, collection(view.head, pivots_in(view.cards), chrome))


KIND = PageKind(
    name="skill",
    recipe=SkillRecipe,
    entries=_entries,
    pages=_pages,
    view=SkillView,
    text=None,
    compose=_compose,
    structured_data=_structured_data,
    has_twin=True,
)
