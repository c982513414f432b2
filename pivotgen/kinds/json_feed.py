"""feed.json: the pivots that changed last, as JSON Feed 1.1."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

from pivotgen.kinds._feed import FeedItem, FeedRecipe, feed_entries, feed_pages, instant
from pivotgen.kinds._kind import FileKind
from pivotgen.kinds._view import absolute
from pivotgen.memory.card_cache import CardCache
from pivotgen.model.address import JSON_FEED
from pivotgen.model.page import Entry, Page, PlanInputs
from pivotgen.model.view import Chrome, Link


def _entries(inputs: PlanInputs) -> Iterator[Entry]:
    return feed_entries(inputs, JSON_FEED)


def _pages(inputs: PlanInputs) -> Iterator[Page]:
    return feed_pages(inputs, JSON_FEED, KIND.name)


def _content(
    recipe: FeedRecipe, cards: CardCache, chrome: Chrome, read: Callable[[str], bytes]
) -> bytes:
    home = f"{chrome.base_url}{chrome.home}"
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": chrome.name,
        "home_page_url": home,
        "feed_url": f"{chrome.base_url}{chrome.root}{JSON_FEED}",
        "language": chrome.language,
        "authors": [{"name": chrome.editor or chrome.name, "url": chrome.editor_url or home}],
        "items": [
            {
                "id": chrome.base_url + card.url,
                "url": chrome.base_url + card.url,
                "title": card.title,
                "summary": card.description,
                "content_text": "\n".join(f"- {point}" for point in card.points),
                **_days(item),
                **_authors(item.author, chrome),
            }
            for card, item in zip(cards.cards(recipe.shows), recipe.items, strict=True)
        ],
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _days(item: FeedItem) -> dict[str, str]:
    days = {"date_published": item.published, "date_modified": item.updated}
    return {name: instant(day) for name, day in days.items() if day}


def _authors(author: Link | None, chrome: Chrome) -> dict[str, list[dict[str, str]]]:
    """The author of an item; without one it is by the author of the feed."""
    if not author:
        return {}
    url = {"url": absolute(author.url, chrome)} if author.url else {}
    return {"authors": [{"name": author.text, **url}]}


KIND = FileKind(
    name="json-feed",
    recipe=FeedRecipe,
    entries=_entries,
    pages=_pages,
    content=_content,
    says_days=True,
    spoken=True,
)
