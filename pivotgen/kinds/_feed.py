"""What both feeds share: the pivots that changed last."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pivotgen.model.address import output_of
from pivotgen.model.page import Entry, Page, PlanInputs
from pivotgen.model.site import Node

# Pivots in one feed.
_IN_FEED = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRecipe:
    """The pivots that changed last, the newest first, and when each did."""

    shows: tuple[int, ...]
    days: tuple[date, ...]


def feed_entries(inputs: PlanInputs, address: str) -> Iterator[Entry]:
    """The feed's entry, for a site without feeds as well.

    An address that works today must not stop the build on the day that somebody writes the first
    `updated`.
    """
    yield Entry(address, "a file of the site", served=any(_dated(inputs)))


def feed_pages(inputs: PlanInputs, address: str, kind: str) -> Iterator[Page]:
    """The feed; none as long as no pivot says when it changed."""
    dated = sorted(_dated(inputs), key=_day, reverse=True)
    if newest := dated[:_IN_FEED]:
        recipe = FeedRecipe(
            shows=tuple(node.number for node in newest), days=tuple(map(_day, newest))
        )
        yield Page(output_of(address), kind, recipe)


def _dated(inputs: PlanInputs) -> Iterator[Node]:
    return (node for node in inputs.site.nodes.values() if node.updated and not node.draft)


def instant(day: date) -> str:
    """A day as RFC 3339 writes the moment it begins."""
    return f"{day.isoformat()}T00:00:00Z"


def _day(node: Node) -> date:
    return node.updated or date.min
