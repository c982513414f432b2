"""feed.xml: the pivots that changed last, as Atom (RFC 4287)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from html import escape

from pivotgen.kinds._feed import FeedItem, FeedRecipe, feed_entries, feed_pages, instant
from pivotgen.kinds._kind import FileKind
from pivotgen.kinds._view import absolute
from pivotgen.memory.card_cache import CardCache
from pivotgen.model.address import ATOM_FEED
from pivotgen.model.page import Entry, Page, PlanInputs
from pivotgen.model.view import Chrome, Link


def _entries(inputs: PlanInputs) -> Iterator[Entry]:
    return feed_entries(inputs, ATOM_FEED)


def _pages(inputs: PlanInputs) -> Iterator[Page]:
    return feed_pages(inputs, ATOM_FEED, KIND.name)


def _content(
    recipe: FeedRecipe, cards: CardCache, chrome: Chrome, read: Callable[[str], bytes]
) -> bytes:
    base = escape(chrome.base_url)
    entries = "".join(
        f"<entry><id>{base}{card.url}</id><title>{escape(card.title)}</title>"
        f'<link href="{base}{card.url}"/>{_days(item)}'
        f"{_author(item.author, chrome)}"
        f"<summary>{escape(card.description)}</summary>{_points(card.points)}</entry>\n"
        for card, item in zip(cards.cards(recipe.shows), recipe.items, strict=True)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{chrome.language}">\n'
        f"<id>{base}{chrome.home}</id><title>{escape(chrome.name)}</title>"
        f'<updated>{instant(recipe.changed)}</updated><link href="{base}{chrome.home}"/>'
        f'<link rel="self" href="{base}{chrome.root}{ATOM_FEED}"/>'
        f"<author><name>{escape(chrome.editor or chrome.name)}</name></author>\n{entries}</feed>\n"
    ).encode()


def _days(item: FeedItem) -> str:
    published = f"<published>{instant(item.published)}</published>" if item.published else ""
    return f"{published}<updated>{instant(item.changed)}</updated>"


def _points(points: Sequence[str]) -> str:
    """The pivot in a few points, as HTML that is escaped once more."""
    items = "".join(f"<li>{escape(point)}</li>" for point in points)
    return f'<content type="html">{escape(f"<ul>{items}</ul>")}</content>' if points else ""


def _author(author: Link | None, chrome: Chrome) -> str:
    """The author of an entry; without one it is by the author of the feed."""
    if not author:
        return ""
    uri = f"<uri>{escape(absolute(author.url, chrome))}</uri>" if author.url else ""
    return f"<author><name>{escape(author.text)}</name>{uri}</author>"


KIND = FileKind(
    name="atom",
    recipe=FeedRecipe,
    entries=_entries,
    pages=_pages,
    content=_content,
    says_days=True,
    spoken=True,
)
