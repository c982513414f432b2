"""Structured data that pages of several kinds share, by the vocabulary of schema.org."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from pivotgen.engines.packing import to_json
from pivotgen.model.address import HOME
from pivotgen.model.view import Card, Chrome, Head

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
    parties = chrome.organisation, chrome.organisation_url
    site = _site(chrome.base_url, chrome.name, chrome.language, *parties)
    return f'{{"@context":"https://schema.org","@graph":[{site}{_safe_json(items)[1:]}}}'


def _safe_json(items: Graph) -> str:
    text = to_json(items)
    for character, code in _UNSAFE:
        text = text.replace(character, code)
    return text


def no_structured_data(view: object, chrome: Chrome) -> str:
    """For kinds that crawlers have no use for."""
    return ""


def collection(head: Head, cards: Sequence[Card], chrome: Chrome) -> Graph:
    """A page that is a list of pivots, and the list."""
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
                    "name": card.title,
                    "url": base + card.url,
                }
                for number, card in enumerate(cards, 1)
            ],
        },
    ]


def website_id(chrome: Chrome) -> str:
    """The name of the site in its graphs."""
    return _website_id(chrome.base_url)


def published_by(chrome: Chrome) -> dict[str, Any]:
    """The property that names the organisation behind the site; nothing where there is none."""
    return _publisher(chrome.base_url) if chrome.organisation else {}


def pictured(head: Head, chrome: Chrome) -> dict[str, Any]:
    """The property with the picture of a page, its own or that of the site."""
    image = head.image or chrome.share_image
    if not image:
        return {}
    picture: dict[str, Any] = {"@type": "ImageObject", "url": chrome.base_url + image.url}
    if image.width and image.height:
        picture |= {"width": image.width, "height": image.height}
    return {"image": picture}


def _website_id(base: str) -> str:
    return f"{base}{HOME}#website"


def _organisation_id(base: str) -> str:
    return f"{base}{HOME}#organization"


def _publisher(base: str) -> dict[str, Any]:
    return {"publisher": {"@id": _organisation_id(base)}}


@lru_cache(_SITES)
def _site(base: str, name: str, language: str, organisation: str, organisation_url: str) -> str:
    """The site and its organisation as JSON, each with a comma behind it."""
    website = {
        "@type": "WebSite",
        "@id": _website_id(base),
        "name": name,
        "url": f"{base}{HOME}",
        "inLanguage": language,
        **(_publisher(base) if organisation else {}),
    }
    items: Graph = [website]
    if organisation:
        item = {"@type": "Organization", "@id": _organisation_id(base), "name": organisation}
        items.append({**item, "url": organisation_url})
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
