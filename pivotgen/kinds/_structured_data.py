"""Structured data that pages of several kinds share, by the vocabulary of schema.org."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pivotgen.engines.packing import to_json
from pivotgen.model.address import HOME
from pivotgen.model.view import Card, Chrome, Head

Graph = list[dict[str, Any]]

# What could end the script element, as JSON may also write it.
_UNSAFE = (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026"))


def graph_text(head: Head, chrome: Chrome, items: Graph, *, crumbs: bool = True) -> str:
    """The graph of a page as JSON that is safe inside a script element.

    It holds the site and its organisation, then `items`, then with `crumbs` the way from the home
    page to this one.
    """
    graph = [*_site(chrome), *items]
    if crumbs:
        graph.append(_breadcrumbs(head, chrome.base_url))
    text = to_json({"@context": "https://schema.org", "@graph": graph})
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
    return f"{chrome.base_url}{HOME}#website"


def published_by(chrome: Chrome) -> dict[str, Any]:
    """The property that names the organisation behind the site; nothing where there is none."""
    return {"publisher": {"@id": _organisation_id(chrome)}} if chrome.organisation else {}


def pictured(head: Head, chrome: Chrome) -> dict[str, Any]:
    """The property with the picture of a page, its own or that of the site."""
    image = head.image or chrome.share_image
    if not image:
        return {}
    picture: dict[str, Any] = {"@type": "ImageObject", "url": chrome.base_url + image.url}
    if image.width and image.height:
        picture |= {"width": image.width, "height": image.height}
    return {"image": picture}


def _organisation_id(chrome: Chrome) -> str:
    return f"{chrome.base_url}{HOME}#organization"


def _site(chrome: Chrome) -> Graph:
    website = {
        "@type": "WebSite",
        "@id": website_id(chrome),
        "name": chrome.name,
        "url": f"{chrome.base_url}{HOME}",
        "inLanguage": chrome.language,
        **published_by(chrome),
    }
    if not chrome.organisation:
        return [website]
    organisation = {
        "@type": "Organization",
        "@id": _organisation_id(chrome),
        "name": chrome.organisation,
        "url": chrome.organisation_url,
    }
    return [website, organisation]


def _breadcrumbs(head: Head, base: str) -> dict[str, Any]:
    return {
        "@type": "BreadcrumbList",
        "@id": f"{head.canonical}#breadcrumbs",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": crumb.text, "item": base + crumb.url}
            for number, crumb in enumerate(head.crumbs, 1)
        ],
    }
