"""A page of the site's own, such as /about/: one file of content/pages/."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from pivotgen.kinds._kind import PageKind
from pivotgen.kinds._languages import peers_of
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
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.own_keys import NO_KEYS, OwnKeys, shown_keys
from pivotgen.model.own_page import OwnPageBody
from pivotgen.model.page import Entry, Page, PlanInputs
from pivotgen.model.picture import LinkTarget, ShareImage
from pivotgen.model.pivot import Heading
from pivotgen.model.site import Site
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
    # Whether its text is in the site's own language, and the page in another.
    foreign: bool = False
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
    # The language of its text, where that is not the page's.
    language: str = ""


def _entries(inputs: PlanInputs) -> Iterator[Entry]:
    site = inputs.site
    for path, page in site.pages.items():
        address = own_page_address(page.slug, site.root)
        is_listed = not page.draft and path not in site.foreign
        yield Entry(address, page.path, page.updated, listed=is_listed)


def _pages(inputs: PlanInputs) -> Iterator[Page]:
    site = inputs.site
    by_slug = {each.language: _by_slug(each) for each in inputs.sites}
    for path, page in site.pages.items():
        address = own_page_address(page.slug, site.root)
        about = own_page_address(page.slug)
        recipe = PageRecipe(
            address=address,
            title=page.title.text,
            description=page.description.text,
            updated=page.updated,
            image=inputs.site.images.get(path),
            draft=page.draft,
            addresses=inputs.site.addresses[path],
            people=tuple(link for link in inputs.authors.values() if link.url == about),
            foreign=path in site.foreign,
        )
        of = partial(_address, page.slug, by_slug)
        peers = peers_of(inputs, of, partial(_is_own, page.slug, by_slug))
        yield Page(output_of(address), KIND.name, recipe, path, peers=peers)


# The path of each page of one language, by its slug.
_Slugs = Mapping[str, Mapping[str, str]]


def _by_slug(site: Site) -> dict[str, str]:
    return {page.slug: path for path, page in site.pages.items()}


def _address(slug: str, by_slug: _Slugs, site: Site) -> str | None:
    return own_page_address(slug, site.root) if slug in by_slug[site.language] else None


def _is_own(slug: str, by_slug: _Slugs, site: Site) -> bool:
    return by_slug[site.language][slug] not in site.foreign


def _compose(
    recipe: PageRecipe, body: OwnPageBody | None, cards: CardCache, chrome: Chrome
) -> PageView:
    assert body, "every page of the site's own has a text"
    language = chrome.source_language if recipe.foreign else ""
    crumbs = [Link(recipe.title, recipe.address, language)]
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
        language=language,
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
