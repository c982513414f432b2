"""What both feeds share: the pivots that changed last."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from pivotgen.model.address import output_of
from pivotgen.model.page import Entry, Page, PlanInputs
from pivotgen.model.site import Node
from pivotgen.model.view import Link

# Pivots in one feed.
_IN_FEED = 50


class FeedItem(NamedTuple):
    """What a feed says of one pivot beside its card."""

    # The day it last changed.
    changed: date
    # As somebody wrote them down.
    published: date | None
    updated: date | None
    author: Link | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRecipe:
    """The pivots that changed last, the newest first."""

    shows: tuple[int, ...]
    items: tuple[FeedItem, ...]


def feed_entries(inputs: PlanInputs, address: str) -> Iterator[Entry]:
    """The feed's entry, for a site without feeds as well.

    An address that works today must not stop the build on the day that somebody writes the first
    `published` or `updated`.
    """
    yield Entry(address, "a file of the site", served=any(_dated(inputs)))


def feed_pages(inputs: PlanInputs, address: str, kind: str) -> Iterator[Page]:
    """The feed; none as long as no pivot has a day."""
    dated = sorted(_dated(inputs), key=_day, reverse=True)
    if newest := dated[:_IN_FEED]:
        items = (
            FeedItem(_day(node), node.published, node.updated, inputs.authors.get(node.author))
            for node in newest
        )
        shows = tuple(node.number for node in newest)
        yield Page(output_of(address), kind, FeedRecipe(shows=shows, items=tuple(items)))


def instant(day: date) -> str:
    """A day as RFC 3339 writes the moment it begins."""
    return f"{day.isoformat()}T00:00:00Z"


def _dated(inputs: PlanInputs) -> Iterator[Node]:
    return (node for node in inputs.site.nodes.values() if node.changed and not node.draft)


def _day(node: Node) -> date:
    return node.changed or date.min
