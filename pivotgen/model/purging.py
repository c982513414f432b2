"""Purging: what a cache is asked to forget, request by request."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol
from urllib.parse import urlsplit

from pivotgen.model.address import address_of
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.schedule import PurgeSet

# Waits so many seconds; a deploy shows meanwhile that it is alive.
Wait = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class PurgeRequest:
    """One request to a cache."""

    # What it asks for, in plain words.
    words: str
    # Addresses or paths, as the cache takes them; none for everything.
    names: tuple[str, ...] = ()
    everything: bool = False


class Cache(Protocol):
    """A cache between a target and readers."""

    def requests(self, purge: PurgeSet) -> Sequence[PurgeRequest]:
        """The requests that make it forget; nothing is sent."""

    def send(self, request: PurgeRequest, wait: Wait) -> None:
        """Send one request, and wait until it is carried out. DeployError."""


def split_purge(
    purge: PurgeSet, names: Sequence[str], name: str, limits: tuple[int, int]
) -> list[PurgeRequest]:
    """The requests for a cache of this name.

    `limits` are how many names it can be told at all before everything is cheaper, and how many a
    request takes.
    """
    most, batch = limits
    if purge.everything:
        return [PurgeRequest(f"{name}: everything, because this is a first deploy", (), True)]
    if len(names) > most:
        words = f"{name}: everything, because {len(names):,} addresses are more than {most:,}"
        return [PurgeRequest(words, (), True)]
    requests = []
    for start in range(0, len(names), batch):
        part = tuple(names[start : start + batch])
        requests.append(PurgeRequest(f"{name}: {len(part):,} addresses", part))
    return requests


def full_addresses(purge: PurgeSet, url: str) -> list[str]:
    """The whole addresses of what changed, for a site that is seen at `url`."""
    return [f"{url}{address_of(path)}" for path in purge.paths]


def path_addresses(purge: PurgeSet, url: str) -> list[str]:
    """The same without scheme and host."""
    base = urlsplit(url).path.rstrip("/")
    return [f"{base}{address_of(path)}" for path in purge.paths]
