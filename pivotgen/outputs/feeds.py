"""Feeds: the pivots that changed last, as Atom (RFC 4287) and JSON Feed 1.1."""

from __future__ import annotations

import json
from collections.abc import Sequence
from xml.sax.saxutils import escape

from pivotgen.model.config import Config
from pivotgen.model.page import Output
from pivotgen.model.view import PivotView

_MOST = 50


def feeds(views: Sequence[PivotView], config: Config) -> list[Output]:
    """feed.xml and feed.json; none when no pivot is dated, because a feed is about dates."""
    dated = [view for view in views if view.head.updated and not view.draft]
    dated.sort(key=lambda view: view.head.url)
    dated.sort(key=_day, reverse=True)
    del dated[_MOST:]
    if not dated:
        return []
    base, name = config.base_url, config.name
    entries = "".join(
        f"<entry><id>{escape(view.head.canonical)}</id><title>{escape(view.card.title)}</title>"
        f'<link href="{escape(view.head.canonical)}"/><updated>{_day(view)}T00:00:00Z</updated>'
        f"<summary>{escape(view.card.description)}</summary></entry>\n"
        for view in dated
    )
    atom = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{config.language}">\n'
        f"<id>{escape(base)}/</id><title>{escape(name)}</title>"
        f'<updated>{_day(dated[0])}T00:00:00Z</updated><link href="{escape(base)}/"/>'
        f'<link rel="self" href="{escape(base)}/feed.xml"/>'
        f"<author><name>{escape(config.editor.name)}</name></author>\n{entries}</feed>\n"
    )
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": name,
        "home_page_url": f"{base}/",
        "feed_url": f"{base}/feed.json",
        "language": config.language,
        "authors": [{"name": config.editor.name, "url": config.editor.url}],
        "items": [
            {
                "id": view.head.canonical,
                "url": view.head.canonical,
                "title": view.card.title,
                "content_text": view.card.description,
                "date_modified": f"{_day(view)}T00:00:00Z",
            }
            for view in dated
        ],
    }
    feed = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    return [Output("feed.xml", atom.encode()), Output("feed.json", feed.encode())]


def _day(view: PivotView) -> str:
    return view.head.updated.isoformat() if view.head.updated else ""
