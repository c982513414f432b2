"""Schedule: the steps of a deploy, in their order, as a value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum

from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.release import Manifest, Release, State


class Act(StrEnum):
    """What a step does."""

    # Files by their contents, unseen by readers; then the list of all files.
    UPLOAD = "upload"
    RECORD = "record"
    # The state names the release that is coming.
    ANNOUNCE = "announce"
    # Readers get other files from here on.
    WRITE = "write"
    SWITCH = "switch"
    PURGE = "purge"
    VERIFY = "verify"
    DELETE = "delete"
    PURGE_GONE = "purge gone"
    # All caches were told.
    SETTLE = "settle"
    # What no kept release needs goes.
    CLEAN = "clean"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True)
class Step:
    """One step: all of it is done before the next one begins."""

    act: Act
    # What people call it.
    name: str
    # Paths of the site or, for UPLOAD and CLEAN, keys of the store.
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PurgeSet:
    """What caches must forget: paths of the site, or everything."""

    paths: tuple[str, ...] = ()
    everything: bool = False

    def __bool__(self) -> bool:
        return self.everything or bool(self.paths)


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """A whole deploy, or a whole way back."""

    release: Release
    want: Manifest
    steps: tuple[Step, ...]
    # What readers will notice, as paths of the site.
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()
    # What caches must forget: after the pages are there, and after others are gone.
    stale: PurgeSet = field(default_factory=PurgeSet)
    gone: PurgeSet = field(default_factory=PurgeSet)
    # Bytes to send.
    size: int = 0
    # Files of others that the release would overwrite.
    clashes: tuple[str, ...] = ()

    @property
    def is_done(self) -> bool:
        """Whether there is nothing left to do."""
        return not self.steps


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a target stands, as far as a schedule depends on it."""

    state: State
    # Bytes by key, of everything that is there.
    listing: Mapping[str, int]
    # The releases that the state names, as far as they could be read.
    manifests: Mapping[str, Manifest]
