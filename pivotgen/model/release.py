"""Release: what a deployed site consists of, and what a target remembers of its deploys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from hashlib import sha256

from pivotgen.model.lazy_dataclass import dataclass

# Everything of ours that is not for readers stands below it.
PRIVATE = "_pivotgen/"
STATE = f"{PRIVATE}state"
BLOBS = f"{PRIVATE}blobs/"
MANIFESTS = f"{PRIVATE}releases/"
# What a store of files has of objects that are being written.
WAITING = f"{PRIVATE}waiting/"
# Written only to ask a store for its time.
CLOCK = f"{PRIVATE}clock"

# Digits of a digest in the name of a release and of a set of attributes.
_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Attributes:
    """What is sent with a file: its headers, and where readers are led instead of it."""

    headers: tuple[tuple[str, str], ...] = ()
    # An address, where the target itself answers with a redirect; else "".
    redirect: str = ""

    @property
    def id(self) -> str:
        """A short digest of them."""
        return _digest(f"{self.headers}\n{self.redirect}")


@dataclass(frozen=True, slots=True)
class Item:
    """A file of a release: what is in it, and how it is sent."""

    # SHA-256 of the bytes, in hexadecimal digits.
    digest: str
    size: int
    # The id of its attributes.
    attributes: str

    @property
    def blob(self) -> str:
        """The key under which a store has it, whatever its address."""
        return f"{BLOBS}{self.digest}-{self.attributes}"


@dataclass(frozen=True, slots=True)
class Manifest:
    """Every file of a release by its path, such as "to/nurse/index.html"."""

    files: Mapping[str, Item] = field(default_factory=dict)
    # By their id.
    attributes: Mapping[str, Attributes] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The name of the release; the same files have the same name."""
        rows = (f"{path}\0{item.blob}\n" for path, item in sorted(self.files.items()))
        return _digest("".join(rows))

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(item.size for item in self.files.values())

    def attributes_of(self, path: str) -> Attributes:
        return self.attributes[self.files[path].attributes]


def manifest_key(release: str) -> str:
    """The key under which a store has the manifest of a release."""
    return f"{MANIFESTS}{release}.gz"


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit of git."""

    id: str
    # When it was made, in seconds since 1970.
    seconds: int


@dataclass(frozen=True, slots=True)
class Release:
    """A release that a target has, or had."""

    id: str
    # When it was deployed, in UTC, such as "2026-11-27 08:30"; for people alone.
    when: str = ""
    files: int = 0
    # What it was built from, where that was known.
    commit: Commit | None = None


@dataclass(frozen=True, slots=True)
class Holder:
    """The deploy that is at work."""

    # A number of its own.
    id: str
    # Who and where, for people.
    name: str = ""
    # Its process, as others on the same machine know it; "" where they do not.
    process: str = ""


@dataclass(frozen=True, slots=True)
class State:
    """What a target remembers of its deploys. It is changed only where nobody else changed it."""

    # The release that readers see, or ""; the one that is being written; and the last one of which
    # all caches were told.
    current: str = ""
    next: str = ""
    purged: str = ""
    # The releases that can be gone back to, the newest first; the current one is the first.
    kept: tuple[Release, ...] = ()
    # Releases of which something may be left.
    dropped: tuple[str, ...] = ()
    holder: Holder | None = None
    # Another one in each state, because a store takes two equal texts for one.
    nonce: str = ""

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all releases it names."""
        kept = (release.id for release in self.kept)
        ids = (self.current, self.next, self.purged, *kept, *self.dropped)
        return tuple(dict.fromkeys(filter(None, ids)))

    def announcing(self, release: str) -> State:
        """The state while a release is being written."""
        # Also one that is kept to go back to: some of its files may be where readers see them.
        dropped = dict.fromkeys(filter(None, (*self.dropped, self.next)))
        dropped.pop(release, None)
        return replace(self, next=release, dropped=tuple(dropped))

    def switched(self, release: Release) -> State:
        """The state when a release is there, and the one before it may still be in part."""
        others = tuple(each for each in self.kept if each.id != release.id)
        left = dict.fromkeys((*self.dropped, self.current))
        dropped = tuple(each for each in left if each not in ("", release.id))
        return replace(self, current=release.id, next="", kept=(release, *others), dropped=dropped)

    def settled(self, most: int) -> State:
        """The state when readers get the current release alone; `most` releases are kept."""
        left = dict.fromkeys((*self.dropped, *(each.id for each in self.kept[most:])))
        return replace(self, purged=self.current, kept=self.kept[:most], dropped=tuple(left))

    def without(self, release: str) -> State:
        """The state when a release that did not work is given up."""
        kept = tuple(each for each in self.kept if each.id != release)
        dropped = dict.fromkeys((*self.dropped, release))
        return replace(self, kept=kept, dropped=tuple(dropped))


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:_DIGITS]
