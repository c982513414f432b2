"""The index of skills: /skills/, every skill of the site by name, on as many pages as it takes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from pivotgen.kinds._directory import (
    LISTED,
    WITH_LETTERS,
    Group,
    SkillEntry,
    grouped,
    letters,
    pages_of,
    skill_entries,
)
from pivotgen.kinds._kind import PageKind
from pivotgen.kinds._languages import everywhere, peers_of
from pivotgen.kinds._list import ListPart, list_entries, list_head, pager, words_of_list
from pivotgen.kinds._structured_data import collection, graph_text
from pivotgen.memory.card_cache import CardCache
from pivotgen.model.address import SKILLS_INDEX, in_language, list_page_address, output_of
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.page import Entry, Page, PlanInputs
from pivotgen.model.site import Site
from pivotgen.model.view import Chrome, Head, Link, PageLink


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillsRecipe:
    """One page of the index."""

    part: ListPart
    skills: tuple[SkillEntry, ...]
    letters: tuple[Link, ...]
    shows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class SkillsView:
    """What skills.html sees."""

    head: Head
    # How many skills the site has; 0 on further pages, which do not say it.
    total: int
    # The skills of this page, by letter where there are many.
    groups: tuple[Group[SkillEntry], ...]
    # Each letter of the whole index; none where there are few skills.
    letters: tuple[Link, ...] = ()
    pages: tuple[PageLink, ...] = ()


def _entries(inputs: PlanInputs) -> Iterator[Entry]:
    total = len(inputs.site.skills)
    base = in_language(SKILLS_INDEX, inputs.site.root)
    return list_entries(base, total, LISTED, pages_of(total))


def _pages(inputs: PlanInputs) -> Iterator[Page]:
    base = in_language(SKILLS_INDEX, inputs.site.root)
    skills = skill_entries(inputs.site)
    names = [skill.link.text for skill in skills]
    index = tuple(letters(names, base)) if len(names) >= WITH_LETTERS else ()
    pages = pages_of(len(skills))
    for number in range(1, pages + 1):
        part = ListPart(
            base=base, number=number, pages=pages, total=len(skills), shows=()
        ).counted_once()
        shown = tuple(skills[(number - 1) * LISTED : number * LISTED])
        recipe = SkillsRecipe(part=part, skills=shown, letters=index)
        words = words_of_list((skill.link.text for skill in shown), ())
        peers = peers_of(inputs, partial(_address, number), everywhere)
        yield Page(output_of(part.address), KIND.name, recipe, words=words, peers=peers)


def _address(number: int, site: Site) -> str | None:
    is_there = number <= pages_of(len(site.skills))
    return list_page_address(in_language(SKILLS_INDEX, site.root), number) if is_there else None


def _compose(recipe: SkillsRecipe, text: None, cards: CardCache, chrome: Chrome) -> SkillsView:
    phrases, part = chrome.phrases, recipe.part
    description = phrases["skills_description"]
    return SkillsView(
        head=list_head(chrome, part, phrases["skills_index"], description),
        total=part.total,
        groups=grouped(
            recipe.skills, lambda skill: skill.link.text, by_letter=bool(recipe.letters)
        ),
        letters=recipe.letters,
        pages=pager(part),
    )


def _structured_data(view: SkillsView, chrome: Chrome) -> str:
    links = [skill.link for group in view.groups for skill in group.entries]
    return graph_text(view.head, chrome, collection(view.head, links, chrome))


KIND = PageKind(
    name="skills",
    recipe=SkillsRecipe,
    entries=_entries,
    pages=_pages,
    view=SkillsView,
    text=None,
    compose=_compose,
    structured_data=_structured_data,
    has_twin=True,
)
