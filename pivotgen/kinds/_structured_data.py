"""Structured data that pages of several kinds share, by the vocabulary of schema.org."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from pivotgen.engines.packing import to_json
from pivotgen.kinds._view import absolute
from pivotgen.model.address import HOME, role_id, with_rest
from pivotgen.model.names import slug_of
from pivotgen.model.view import Card, Chrome, Head, Link

Graph = list[dict[str, Any]]

# How many sites are kept, each with the start of its graphs: a process makes few.
_SITES = 4
# What could end the script element, as JSON may also write it.
_UNSAFE = (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026"))


def graph_text(head: Head, chrome: Chrome, items: Graph, *, crumbs: bool = True) -> str:
    """The graph of a page as JSON that is safe inside a script element.

    It holds the site and its organisation, then `items`, then with `crumbs` the way from the home
    page to this one.
    """
    if crumbs:
        items = [*items, _breadcrumbs(head, chrome.base_url)]
    organisation = (
        chrome.organisation,
        chrome.organisation_url,
        absolute(chrome.organisation_logo, chrome),
    )
    site = _site(chrome.base_url, chrome.root, chrome.name, chrome.language, organisation)
    return f'{{"@context":"https://schema.org","@graph":[{site}{_safe_json(items)[1:]}}}'


def _safe_json(items: Graph) -> str:
    text = to_json(items)
    for character, code in _UNSAFE:
        text = text.replace(character, code)
    return text


def no_structured_data(view: object, chrome: Chrome) -> str:
    """For kinds that crawlers have no use for."""
    return ""


def collection(head: Head, members: Sequence[Link], chrome: Chrome) -> Graph:
    """A page that is a list of other pages, and the list."""
    base, page = chrome.base_url, head.canonical
    return [
        {
            "@type": "CollectionPage",
            "@id": f"{page}#page",
            "url": page,
            "name": head.title,
            "description": head.description,
            "inLanguage": chrome.language,
            "isPartOf": {"@id": website_id(chrome)},
            "mainEntity": {"@id": f"{page}#list"},
            **({"dateModified": head.updated.isoformat()} if head.updated else {}),
        },
        {
            "@type": "ItemList",
            "@id": f"{page}#list",
            "itemListElement": [
                {
                    "@type": "ListItem",
                    "position": number,
                    "name": member.text,
                    "url": base + member.url,
                }
                for number, member in enumerate(members, 1)
            ],
        },
    ]


def pivots_in(cards: Iterable[Card]) -> list[Link]:
    """The pivots of a list, each by its title."""
    return [Link(card.title, card.url) for card in cards]


def occupation(name: str, address: str, chrome: Chrome) -> dict[str, Any]:
    """A role, in the same words on every page that names it; its own page says more about it.

    `address` is that of either of its lists.
    """
    return {"@type": "Occupation", "@id": role_id(chrome.base_url, address), "name": name}


def website_id(chrome: Chrome) -> str:
    """The name of the site in its graphs."""
    return _website_id(chrome.base_url, chrome.root)


def published_by(chrome: Chrome) -> dict[str, Any]:
    """The property that names the organisation behind the site; nothing where there is none."""
    return _publisher(chrome.base_url) if chrome.organisation else {}


def author_of(author: Link | None, chrome: Chrome) -> dict[str, Any]:
    """The author of a page, or else the editor of the site; nothing where there is neither."""
    if author:
        return person(author, chrome)
    return _editor(chrome) if chrome.editor else {}


def person(author: Link, chrome: Chrome) -> dict[str, Any]:
    """An author, in the same words on every page; whoever has a page has a name by it too."""
    item = {"@type": "Person", "name": author.text}
    if not author.url:
        return item
    url = absolute(author.url, chrome)
    return {**item, "@id": with_rest(url, f"#{slug_of(author.text)}"), "url": url}


def people_of(head: Head, people: Sequence[Link], chrome: Chrome) -> Graph:
    """Whom a page is about: these authors, and the editor where this is their page."""
    editor = [_editor(chrome)] if chrome.editor and chrome.editor_url == head.canonical else []
    return [*(person(each, chrome) for each in people), *editor]


def _editor(chrome: Chrome) -> dict[str, Any]:
    url = chrome.editor_url
    name = {"@id": with_rest(url, f"#{slug_of(chrome.editor)}"), "url": url} if url else {}
    return {"@type": "Organization", "name": chrome.editor, **name}


def pictured(head: Head, chrome: Chrome) -> dict[str, Any]:
    """The property with the picture of a page, its own or that of the site."""
    image = head.image or chrome.share_image
    if not image:
        return {}
    picture: dict[str, Any] = {"@type": "ImageObject", "url": chrome.base_url + image.url}
    if image.width and image.height:
        picture |= {"width": image.width, "height": image.height}
    return {"image": picture}


def _website_id(base: str, root: str) -> str:
    return f"{base}{root}{HOME}#website"


def _organisation_id(base: str) -> str:
    return f"{base}{HOME}#organization"


def _publisher(base: str) -> dict[str, Any]:
    return {"publisher": {"@id": _organisation_id(base)}}


@lru_cache(_SITES)
def _site(
    base: str, root: str, name: str, language: str, organisation: tuple[str, str, str]
) -> str:
    """The site and its organisation as JSON, each with a comma behind it.

    Of the organisation there are its name, its home page and the address of its logo, or "".
    """
    of, url, picture = organisation
    website = {
        "@type": "WebSite",
        "@id": _website_id(base, root),
        "name": name,
        "url": f"{base}{root}{HOME}",
        "inLanguage": language,
        **(_publisher(base) if of else {}),
    }
    items: Graph = [website]
    if of:
        item: dict[str, Any] = {"@type": "Organization", "@id": _organisation_id(base), "name": of}
        logo = {"logo": {"@type": "ImageObject", "url": picture}} if picture else {}
        items.append({**item, "url": url, **logo})
    return f"{_safe_json(items)[1:-1]},"


def _breadcrumbs(head: Head, base: str) -> dict[str, Any]:
    return {
        "@type": "BreadcrumbList",
        "@id": f"{head.canonical}#breadcrumbs",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": crumb.text, "item": base + crumb.url}
            for number, crumb in enumerate(head.crumbs, 1)
        ],
    }
