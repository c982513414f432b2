"""A page of the site's own, such as /about/: one file of content/pages/."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pivotgen.kinds._kind import PageKind
from pivotgen.kinds._structured_data import (
    graph_text,
    people_of,
    pictured,
    published_by,
    website_id,
)
from pivotgen.kinds._view import fill_placeholders, head_of, with_alt
from pivotgen.memory.card_cache import CardCache
from pivotgen.model.address import output_of, own_page_address
from pivotgen.model.own_keys import NO_KEYS, OwnKeys, shown_keys
from pivotgen.model.own_page import OwnPageBody
from pivotgen.model.page import Entry, Page, PlanInputs
from pivotgen.model.picture import LinkTarget, ShareImage
from pivotgen.model.pivot import Heading
from pivotgen.model.view import Chrome, Head, Link


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRecipe:
    """What the page says about itself, and where its links lead."""

    address: str
    title: str
    description: str
    updated: date | None
    image: ShareImage | None
    draft: bool
    # What is behind the link placeholders of its text.
    addresses: tuple[LinkTarget, ...]
    # The authors whose page this is.
    people: tuple[Link, ...] = ()
    shows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PageView:
    """What page.html sees."""

    head: Head
    title: str
    # HTML of the text; its headings start at level 2.
    body: str
    headings: tuple[Heading, ...]
    # The site's own keys of this file.
    extra: OwnKeys = NO_KEYS
    draft: bool = False
    # The authors whose page this is.
    people: tuple[Link, ...] = ()


def _entries(inputs: PlanInputs) -> Iterator[Entry]:
    for page in inputs.site.pages.values():
        address = own_page_address(page.slug)
        yield Entry(address, page.path, page.updated, listed=not page.draft)


def _pages(inputs: PlanInputs) -> Iterator[Page]:
    for path, page in inputs.site.pages.items():
        address = own_page_address(page.slug)
        recipe = PageRecipe(
            address=address,
            title=page.title.text,
            description=page.description.text,
            updated=page.updated,
            image=inputs.site.images.get(path),
            draft=page.draft,
            addresses=inputs.site.addresses[path],
            people=tuple(link for link in inputs.authors.values() if link.url == address),
        )
        yield Page(output_of(address), KIND.name, recipe, path)


def _compose(
    recipe: PageRecipe, body: OwnPageBody | None, cards: CardCache, chrome: Chrome
) -> PageView:
    assert body, "every page of the site's own has a text"
    crumbs = [Link(recipe.title, recipe.address)]
    head = head_of(chrome, recipe.address, recipe.title, recipe.description, crumbs)
    image = with_alt(recipe.image, recipe.title)
    return PageView(
        head=replace(head, updated=recipe.updated, image=image, indexed=not recipe.draft),
        title=recipe.title,
        body=fill_placeholders(body.html, recipe.addresses, chrome.phrases),
        headings=body.headings,
        extra=shown_keys(body.stored_extra),
        draft=recipe.draft,
        people=recipe.people,
    )


def _structured_data(view: PageView, chrome: Chrome) -> str:
    page = view.head.canonical
    item: dict[str, Any] = {
        "@type": "WebPage",
        "@id": f"{page}#page",
        "url": page,
        "name": view.title,
        "description": view.head.description,
        "inLanguage": chrome.language,
        "isPartOf": {"@id": website_id(chrome)},
        **published_by(chrome),
        **pictured(view.head, chrome),
    }
    if view.head.updated:
        item["dateModified"] = view.head.updated.isoformat()
    people = people_of(view.head, view.people, chrome)
    if len(people) == 1:
        item |= {"@type": "ProfilePage", "mainEntity": people[0]}
    elif people:
        item |= {"@type": "AboutPage", "about": people}
    return graph_text(view.head, chrome, [item])


KIND = PageKind(
    name="page",
    recipe=PageRecipe,
    entries=_entries,
    pages=_pages,
    chosen=True,
    view=PageView,
    text=OwnPageBody,
    compose=_compose,
    structured_data=_structured_data,
    has_twin=True,
)
