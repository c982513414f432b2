"""The lock: pivots.lock, every address that a site has published, with its words and their day.

A line is `address hash date`. The address is written as people read it, because people look at this
file in changes they review. The hash names the words of the page, or is NO_PAGE for an address that
has only ever led elsewhere. An address may have several lines after a merge: the one whose hash
fits the page counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import date
from typing import NamedTuple

from pivotgen.model.address import readable
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.source import Digest
from pivotgen.model.view import Link
from pivotgen.model.words import joined

# The file of a site, and the line of .gitattributes with which git merges it.
LOCK = "pivots.lock"
ATTRIBUTES = ".gitattributes"
MERGE_LINE = f"{LOCK} merge=union"
HEAD = "# Every address of this site, its words, and their day. `pivotgen lock` writes it.\n"

# Stands in place of a hash for an address without words of its own.
NO_PAGE = "-"


class Recorded(NamedTuple):
    """One line of an address."""

    hash: str
    day: date
    # In the file, from 1; 0 for one that is not written yet.
    line: int = 0


@dataclass(frozen=True, slots=True)
class Lock:
    """All lines, by address; in memory addresses are encoded as everywhere."""

    lines: Mapping[str, tuple[Recorded, ...]] = field(default_factory=dict)

    def day_of(self, address: str, words: Digest) -> date | None:
        """Since when the page at an address says what it says now; None where no line fits.

        Of two lines with the same words the earlier day is true.
        """
        lines = self.lines.get(address, ())
        hashed = words.hex()
        if len(lines) == 1:
            # As most have.
            return lines[0].day if lines[0].hash == hashed else None
        return min((line.day for line in lines if line.hash == hashed), default=None)

    def last_day(self, address: str) -> date | None:
        """The latest day of any line of an address."""
        return max((line.day for line in self.lines.get(address, ())), default=None)


NO_LOCK = Lock()


class LockPage(NamedTuple):
    """One page that search engines may list: what its hash is made of, and whoever dates it."""

    address: str
    # The content file whose words it shows, or "".
    source: str
    # Of a list: the digest of what it says by itself, and of its members.
    own: Digest
    # As somebody wrote them down.
    published: date | None
    updated: date | None
    # Of a pivot: the number of its card, and its author.
    card: int | None
    author: Link | None

    def words(self, files: Mapping[str, Digest]) -> Digest:
        """The digest of its words; `files` are those of all content files."""
        return joined(self.own, files.get(self.source, b""))

    def day(self, lock: Lock, files: Mapping[str, Digest]) -> date | None:
        """The day that the lock adds to it: none where somebody wrote down a later day."""
        if self.updated:
            return None
        day = lock.day_of(self.address, self.words(files))
        return None if day and self.published and day <= self.published else day


def lock_text(lines: Iterable[tuple[str, Recorded]]) -> str:
    """The whole file, in the order of its lines."""
    rows = sorted(f"{readable(url)} {line.hash} {line.day}\n" for url, line in lines)
    return "".join([HEAD, *rows])
