"""The questions about a role: /to/<role>/questions/, those that the pivots into it answer.

Each leads to the page that answers it, so no answer stands on the site twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from functools import partial

from pivotgen.kinds._kind import PageKind
from pivotgen.kinds._list import (
    ListPart,
    addresses_of,
    list_head,
    list_parts,
    listed_pages,
    pager,
    part_peers,
    pivot_entries,
    words_of_list,
)
from pivotgen.kinds._questions import has_public_questions, has_questions
from pivotgen.kinds._structured_data import collection, graph_text
from pivotgen.memory.card_cache import CardCache
from pivotgen.model.address import (
    ROLES_INDEX,
    in_language,
    output_of,
    questions_address,
    role_address,
)
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.page import Entry, Page, PlanInputs
from pivotgen.model.site import Site
from pivotgen.model.view import Asked, Card, Chrome, Head, Link, PageLink, named


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionsRecipe:
    """One page of the questions about a role."""

    part: ListPart
    name: str
    slug: str
    # The forms of its name, and its language where that is not the page's.
    forms: Mapping[str, str] = field(default_factory=dict)
    language: str = ""

    @property
    def shows(self) -> tuple[int, ...]:
        return self.part.shows


@dataclass(frozen=True, slots=True)
class QuestionsEntry:
    """A pivot, and the questions that it answers."""

    card: Card
    questions: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class QuestionsView:
    """What questions.html sees: one page of a list that may have several."""

    head: Head
    # The role; the link leads to the paths into it.
    role: Link
    # The pivots that answer the questions.
    entries: tuple[QuestionsEntry, ...]
    pages: tuple[PageLink, ...] = ()


def _entries(inputs: PlanInputs) -> Iterator[Entry]:
    for slug in _roles(inputs):
        listed = _listed_pages(inputs, slug)
        base = questions_address(slug, inputs.site.root)
        yield from pivot_entries(inputs, base, inputs.site.into[slug], listed)


def _pages(inputs: PlanInputs) -> Iterator[Page]:
    """Role by role, because the lists of the role show the same cards."""
    site = inputs.site
    for slug in _roles(inputs):
        address, listed = questions_address(slug, site.root), _listed_pages(inputs, slug)
        role = site.roles[slug]
        for part, members in list_parts(site, address, site.into[slug], inputs.page_size, listed):
            recipe = QuestionsRecipe(
                part=part, name=role.name, slug=slug, forms=role.forms, language=role.language
            )
            words = words_of_list((recipe.name,), addresses_of(site, members))
            peers = part_peers(inputs, part.number, partial(_base, slug), partial(_members, slug))
            output = output_of(part.address)
            yield Page(output, KIND.name, recipe, near=slug, words=words, peers=peers)


def _base(slug: str, site: Site) -> str:
    return questions_address(slug, site.root) if has_questions(site, slug) else ""


def _members(slug: str, site: Site) -> Sequence[str]:
    return site.into.get(slug, ())


def _roles(inputs: PlanInputs) -> Iterator[str]:
    """The roles with such a page."""
    for slug in inputs.site.roles:
        if has_questions(inputs.site, slug):
            yield slug


def _listed_pages(inputs: PlanInputs, slug: str) -> int:
    if not has_public_questions(inputs.site, slug):
        return 0
    return listed_pages(inputs.site, inputs.site.into[slug], inputs.page_size, is_public=False)


def _compose(
    recipe: QuestionsRecipe, text: None, cards: CardCache, chrome: Chrome
) -> QuestionsView:
    phrases, part = chrome.phrases, recipe.part
    address = role_address("to", recipe.slug, chrome.root)
    role = named(Link(recipe.name, address, recipe.language), recipe.forms)
    title = phrases.say("questions_title", role=role)
    description = phrases.say("questions_description", role=role)
    into = Link(phrases.say("paths_into", role=role), address)
    way = (
        Link(phrases["roles"], in_language(ROLES_INDEX, chrome.root)),
        into,
        Link(phrases["questions"], part.base),
    )
    return QuestionsView(
        head=list_head(chrome, part, title, description, way),
        role=role,
        entries=tuple(map(_entry, cards.cards(part.shows), cards.asked(part.shows))),
        pages=pager(part),
    )


def _entry(card: Card, asked: Asked) -> QuestionsEntry:
    return QuestionsEntry(card, asked.questions)


def _structured_data(view: QuestionsView, chrome: Chrome) -> str:
    """A list of links: the questions and their answers are data of the pages that answer them."""
    links = [question for entry in view.entries for question in entry.questions]
    return graph_text(view.head, chrome, collection(view.head, links, chrome))


KIND = PageKind(
    name="questions",
    recipe=QuestionsRecipe,
    entries=_entries,
    pages=_pages,
    view=QuestionsView,
    text=None,
    shows_asked=True,
    compose=_compose,
    structured_data=_structured_data,
    has_twin=True,
)
