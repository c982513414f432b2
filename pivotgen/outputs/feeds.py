"""Feeds: the pivots that changed last, as Atom (RFC 4287) and JSON Feed 1.1."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from html import escape

from pivotgen.model.view import Card, Chrome


def atom(cards: Sequence[Card], days: Sequence[date], chrome: Chrome) -> bytes:
    """feed.xml; `days` says when each of the cards changed, the newest first."""
    base = escape(chrome.base_url)
    entries = "".join(
        f"<entry><id>{base}{card.url}</id><title>{escape(card.title)}</title>"
        f'<link href="{base}{card.url}"/><updated>{_instant(day)}</updated>'
        f"<summary>{escape(card.description)}</summary></entry>\n"
        for card, day in zip(cards, days, strict=True)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{chrome.language}">\n'
        f"<id>{base}/</id><title>{escape(chrome.name)}</title>"
        f'<updated>{_instant(days[0])}</updated><link href="{base}/"/>'
        f'<link rel="self" href="{base}/feed.xml"/>'
        f"<author><name>{escape(chrome.editor)}</name></author>\n{entries}</feed>\n"
    ).encode()


def json_feed(cards: Sequence[Card], days: Sequence[date], chrome: Chrome) -> bytes:
    """feed.json, of the same pivots."""
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": chrome.name,
        "home_page_url": f"{chrome.base_url}/",
        "feed_url": f"{chrome.base_url}/feed.json",
        "language": chrome.language,
        "authors": [{"name": chrome.editor, "url": chrome.editor_url}],
        "items": [
            {
                "id": chrome.base_url + card.url,
                "url": chrome.base_url + card.url,
                "title": card.title,
                "content_text": card.description,
                "date_modified": _instant(day),
            }
            for card, day in zip(cards, days, strict=True)
        ],
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _instant(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
