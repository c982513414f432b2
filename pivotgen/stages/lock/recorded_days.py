"""Recorded days: what pivots.lock says of the pages that have a file, for rules of quality."""

from __future__ import annotations

from collections.abc import Mapping

from pivotgen.model.address import own_page_address
from pivotgen.model.lock import Lock
from pivotgen.model.site import RecordedDay, Site
from pivotgen.model.source import Digest


def recorded_days(lock: Lock, site: Site, files: Mapping[str, Digest]) -> dict[str, RecordedDay]:
    """By path, what the lock says of pivots and own pages; `files` are the digests of words."""
    addresses = {node.path: node.address for node in site.nodes.values()}
    addresses |= {path: own_page_address(page.slug) for path, page in site.pages.items()}
    recorded = {}
    for path, address in addresses.items():
        if last := lock.last_day(address):
            day = lock.day_of(address, files.get(path, b""))
            recorded[path] = RecordedDay(day or last, fits=day is not None)
    return recorded
