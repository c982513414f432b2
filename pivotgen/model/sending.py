"""Sending: which files of a site a target gets, and what is sent with each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from pivotgen.model.address import HEADERS, REDIRECT_RULES, address_of
from pivotgen.model.delivery import Delivery
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.release import Attributes

# The only name that begins with a dot and is for readers.
_WELL_KNOWN = ".well-known"
# What hosts of static sites read; any other target would show it to readers.
_FOR_HOSTS = frozenset({HEADERS[1:], REDIRECT_RULES[1:]})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """How the files of a site are sent by a target."""

    delivery: Delivery
    # The Cache-Control of files for which the delivery names none.
    cache: str = "public, max-age=0, must-revalidate"
    # Where the files at old addresses lead, as whole addresses.
    moves: Mapping[str, str] = field(default_factory=dict)
    # Whether the target itself answers old addresses, with a file or without.
    redirects: bool = False
    # Whether what only a server of one's own can use is sent too: its rules, in files with a dot in
    # front, and compressed copies.
    hidden: bool = False
    # The endings of compressed copies.
    copies: tuple[str, ...] = ()
    _ids: dict[Attributes, str] = field(default_factory=dict)

    def attributes(self, path: str) -> Attributes:
        """What is sent with a file. Other headers are the business of what stands before it."""
        headers = self.delivery.headers(address_of(path))
        cache = headers.get("Cache-Control", self.cache)
        kind = self.delivery.media_type(path)
        given = (("Cache-Control", cache), ("Content-Type", kind))
        return Attributes(given, self.moves.get(path, ""))

    def id(self, attributes: Attributes) -> str:
        """The id of attributes; most files share theirs with others."""
        if attributes not in self._ids:
            self._ids[attributes] = attributes.id
        return self._ids[attributes]

    def takes(self, path: str) -> bool:
        """Whether the target gets a file of the site."""
        return not is_for_hosts(path) and (self.hidden or not is_hidden(path))


def is_for_hosts(path: str) -> bool:
    """Whether a file is one that hosts of static sites read."""
    return path in _FOR_HOSTS


def is_hidden(path: str) -> bool:
    """Whether a file is only for a server of one's own."""
    return any(part.startswith(".") and part != _WELL_KNOWN for part in path.split("/"))
