"""The questions about a role: /to/<role>/questions/, those that the pivots into it answer.

Each leads to the page that answers it, so no answer stands on the site twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

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
from pivotgen.kinds._questions import has_public_questions, has_questions
from pivotgen.kinds._structured_data import collection, graph_text
from pivotgen.memory.card_cache import CardCache
from pivotgen.model.address import (
    ROLES_INDEX,
    output_of,
    questions_address,
    role_address,
)
from pivotgen.model.page import Entry, Page, PlanInputs
from pivotgen.model.view import Asked, Card, Chrome, Head, Link, PageLink


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionsRecipe:
    """One page of the questions about a role."""

    part: ListPart
    name: str
    slug: str

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
    for slug, total in _roles(inputs):
        listed = _listed_pages(inputs, slug)
        yield from list_entries(questions_address(slug), total, inputs.page_size, listed)


def _pages(inputs: PlanInputs) -> Iterator[Page]:
    """Role by role, because the lists of the role show the same cards."""
    site = inputs.site
    for slug, _ in _roles(inputs):
        address, listed = questions_address(slug), _listed_pages(inputs, slug)
        for part, members in list_parts(site, address, site.into[slug], inputs.page_size, listed):
            recipe = QuestionsRecipe(part=part, name=site.roles[slug].name, slug=slug)
            words = words_of_list((recipe.name,), members)
            yield Page(output_of(part.address), KIND.name, recipe, near=slug, words=words)


def _roles(inputs: PlanInputs) -> Iterator[tuple[str, int]]:
    """The roles with such a page, and how many pivots lead to each."""
    for slug in inputs.site.roles:
        if has_questions(inputs.site, slug):
            yield slug, len(inputs.site.into[slug])


def _listed_pages(inputs: PlanInputs, slug: str) -> int:
    if not has_public_questions(inputs.site, slug):
        return 0
    return listed_pages(inputs.site, inputs.site.into[slug], inputs.page_size, is_public=False)


def _compose(
    recipe: QuestionsRecipe, text: None, cards: CardCache, chrome: Chrome
) -> QuestionsView:
    phrases, part = chrome.phrases, recipe.part
    title = phrases.say("questions_title", role=recipe.name)
    description = phrases.say("questions_description", role=recipe.name)
    into = Link(phrases.say("paths_into", role=recipe.name), role_address("to", recipe.slug))
    way = (Link(phrases["roles"], ROLES_INDEX), into, Link(phrases["questions"], part.base))
    return QuestionsView(
        head=list_head(chrome, part, title, description, way),
        role=Link(recipe.name, into.url),
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
