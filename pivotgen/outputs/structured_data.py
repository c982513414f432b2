"""Structured data: one schema.org graph per page, as text that is safe inside a script element.

Types follow schema.org; the transition window is left out because no property means it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pivotgen.engines.packing import to_json
from pivotgen.model.view import Card, Chrome, ExplorerView, MissingView, PivotView, RoleView, View

# What could end the script element, as JSON may also write it.
_UNSAFE = (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026"))


def structured_data(view: View, chrome: Chrome) -> str:
    """The `@graph` of one page as JSON; "" for a page that is not for crawlers."""
    if isinstance(view, MissingView):
        return ""
    base, page = chrome.base_url, view.head.canonical
    organisation = {
        "@type": "Organization",
        "@id": f"{base}/#organization",
        "name": chrome.organisation,
        "url": chrome.organisation_url,
    }
    website = {
        "@type": "WebSite",
        "@id": f"{base}/#website",
        "name": chrome.name,
        "url": f"{base}/",
        "inLanguage": chrome.language,
        "publisher": {"@id": f"{base}/#organization"},
    }
    graph: list[dict[str, Any]] = [website, organisation]
    if isinstance(view, PivotView):
        graph += _pivot(view, chrome)
    else:
        graph.append(
            {
                "@type": "CollectionPage",
                "@id": f"{page}#page",
                "url": page,
                "name": view.head.title,
                "description": view.head.description,
                "inLanguage": chrome.language,
                "isPartOf": {"@id": f"{base}/#website"},
                "mainEntity": {"@id": f"{page}#list"},
            }
        )
        graph.append(_list(view.cards, page, base))
        if isinstance(view, RoleView):
            graph.append(
                {"@type": "Occupation", "@id": f"{base}{_role_id(view)}", "name": view.name}
            )
    if not isinstance(view, ExplorerView):
        graph.append(
            {
                "@type": "BreadcrumbList",
                "@id": f"{page}#breadcrumbs",
                "itemListElement": [
                    {
                        "@type": "ListItem",
                        "position": number,
                        "name": crumb.text,
                        "item": base + crumb.url,
                    }
                    for number, crumb in enumerate(view.head.crumbs, 1)
                ],
            }
        )
    document = {"@context": "https://schema.org", "@graph": graph}
    text = to_json(document)
    for character, code in _UNSAFE:
        text = text.replace(character, code)
    return text


def _role_id(view: RoleView) -> str:
    url = view.head.url if view.side == "to" else view.other_side.url
    return f"/to/{url.split('/')[2]}/#role"


def _list(cards: Sequence[Card], page: str, base: str) -> dict[str, Any]:
    return {
        "@type": "ItemList",
        "@id": f"{page}#list",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": card.title, "url": base + card.url}
            for number, card in enumerate(cards, 1)
        ],
    }


def _pivot(view: PivotView, chrome: Chrome) -> list[dict[str, Any]]:
    base, page, card = chrome.base_url, view.head.canonical, view.card
    occupations = [
        {
            "@type": "Occupation",
            "@id": f"{base}/to/{link.url.split('/')[2]}/#role",
            "name": link.text,
        }
        for link in (card.origin, card.target)
    ]
    # The skills that carry over are the ones the new role calls for.
    occupations[1]["skills"] = ", ".join(skill.text for skill in card.skills)
    article: dict[str, Any] = {
        "@type": "Article",
        "@id": f"{page}#article",
        "headline": card.title,
        "description": card.description,
        "url": page,
        "mainEntityOfPage": page,
        "inLanguage": chrome.language,
        "author": {"@type": "Organization", "name": chrome.editor, "url": chrome.editor_url},
        "publisher": {"@id": f"{base}/#organization"},
        "isPartOf": {"@id": f"{base}/#website"},
        "about": [{"@id": one["@id"]} for one in occupations],
    }
    if view.head.updated:
        article["dateModified"] = view.head.updated.isoformat()
    faq = {
        "@type": "FAQPage",
        "@id": f"{page}#faq",
        "inLanguage": chrome.language,
        "isPartOf": {"@id": f"{page}#article"},
        "mainEntity": [
            {
                "@type": "Question",
                "@id": f"{page}#{faq.anchor}",
                "name": faq.question,
                "acceptedAnswer": {"@type": "Answer", "text": faq.answer_text},
            }
            for faq in view.faqs
        ],
    }
    return [article, faq, *occupations]
