"""What both feeds share: the pivots that changed last."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from heapq import nlargest
from typing import NamedTuple

from pivotgen.model.address import in_language, output_of
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.page import Entry, Page, PlanInputs
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

    # The day of the newest.
    changed: date
    shows: tuple[int, ...]
    items: tuple[FeedItem, ...]


def feed_entries(inputs: PlanInputs, address: str) -> Iterator[Entry]:
    """The feed's entry, for a site without feeds as well.

    An address that works today must not stop the build on the day that somebody writes the first
    `published` or `updated`.
    """
    nodes = inputs.site.nodes.values()
    served = bool(inputs.feed_day) or any(node.changed and not node.draft for node in nodes)
    yield Entry(in_language(address, inputs.site.root), "a file of the site", served=served)


def feed_pages(inputs: PlanInputs, address: str, kind: str) -> Iterator[Page]:
    """The feed; none as long as no pivot has a day."""
    newest = nlargest(_IN_FEED, _dated(inputs), key=_day)
    changed = _day(newest[0]) if newest else inputs.feed_day
    if changed:
        recipe = FeedRecipe(
            changed=changed,
            shows=tuple(entry.card for entry in newest if entry.card is not None),
            items=tuple(
                FeedItem(_day(entry), entry.published, entry.updated, entry.author)
                for entry in newest
            ),
        )
        yield Page(output_of(in_language(address, inputs.site.root)), kind, recipe)


def instant(day: date) -> str:
    """A day as RFC 3339 writes the moment it begins."""
    return f"{day.isoformat()}T00:00:00Z"


def _dated(inputs: PlanInputs) -> Iterator[Entry]:
    return (entry for entry in inputs.listed() if entry.card is not None and entry.changed)


def _day(entry: Entry) -> date:
    return entry.changed or date.min
