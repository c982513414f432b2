"""The context of a build: what its stages work with, how it was asked for, and what it did."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING

from pivotgen.disk.places import Places
from pivotgen.engines.pool import WorkerPool
from pivotgen.memory.ledger import Ledger
from pivotgen.model.config import Config
from pivotgen.model.delivery import Delivery
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.problem import Problem
from pivotgen.model.site import Site
from pivotgen.model.source import Digest, Overlay
from pivotgen.stages.worker_memory import WorkerMemory

if TYPE_CHECKING:
    # A build into a folder imports nothing of stores.
    from pivotgen.model.stored import StoredSite

# A rule of quality: warnings about the content.
Rule = Callable[[Site], Iterable[Problem]]
# Told the stage, how much of it is done, and how much there is.
Progress = Callable[[str, int, int], None]

# The name under which a check remembers pages that could be made, though they were not written.
CHECKED = "(checked)"


def _no_progress(stage: str, done: int, total: int) -> None:
    """Tell nobody."""


def _tell_nobody(outlook: Outlook) -> None:
    """Tell nobody."""


@dataclass(slots=True)
class Report:
    """What a build did."""

    # Sorted by place.
    problems: list[Problem] = field(default_factory=list)
    # Files of the site; of these, rendered anew.
    files: int = 0
    rendered: int = 0
    # Paths under the folder built into: files that were written because their bytes had changed,
    # and files that were removed.
    written_files: list[str] = field(default_factory=list)
    removed_files: list[str] = field(default_factory=list)
    # How many of the written files are compressed copies of others.
    written_copies: int = 0
    # Content files that were parsed.
    parsed: int = 0
    # How many files were rendered for each reason.
    reasons: dict[str, int] = field(default_factory=dict)
    # Seconds by stage.
    seconds: dict[str, float] = field(default_factory=dict)
    # How the files of the site are sent; None where a problem keeps that from being known.
    delivery: Delivery | None = None

    @property
    def written(self) -> int:
        """How many files were written."""
        return len(self.written_files)

    @property
    def removed(self) -> int:
        """How many files were removed."""
        return len(self.removed_files)

    def note_stale(self, comparison: Comparison) -> None:
        """Count the files of the site, and those that are rendered for each reason."""
        self.files, self.rendered = comparison.total, len(comparison.stale)
        self.reasons = dict(Counter(why for _, reasons in comparison.stale for why in reasons))

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time one stage."""
        started = time.perf_counter()
        yield
        self.seconds[name] = round(time.perf_counter() - started, 4)


@dataclass(slots=True, kw_only=True)
class Comparison:
    """Which files must be rendered, and which are right but looked as if they might not be."""

    # By kind of page and by language, the names and digests of the inputs that its pages share; and
    # one digest of them all.
    names: Mapping[tuple[str, str], Mapping[str, Digest]]
    common: Mapping[tuple[str, str], Digest]
    # The digest of what the plan was made from, and of that and all cards.
    plan: Digest
    key: Digest
    # The languages that have feeds.
    feeds: frozenset[str]
    # Where files go when they go to no folder.
    store: StoredSite | None = None
    # Id of each file to render, with the reasons, in the order of the plan.
    stale: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)
    # New signatures of files that are right and their copies, each with the file's id.
    refreshed: list[tuple[bytes, bytes | None, int]] = field(default_factory=list)
    total: int = 0


@dataclass(frozen=True, slots=True)
class Outlook:
    """How a site stands: what is known of it, and what its next build would do."""

    ledger: Ledger
    # Of the folder built into.
    root: str
    comparison: Comparison


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How a site is built."""

    drafts: bool = False
    # Whether search engines are to be kept out of every page.
    preview: bool = False
    # Hosts beside those of the settings.
    hosts: tuple[str, ...] = ()
    # Whether files have the compressed copies that the settings ask for.
    sidecars: bool = True
    # Render and write every file again, whatever is there.
    clean: bool = False
    # Folder of the ledger; .pivotgen/ of the site when not named.
    memory: Path | None = None
    # Each may warn about the content.
    rules: tuple[Rule, ...] = ()
    # Of content/: what an editor has not saved, or what a command would write.
    overlay: Overlay = field(default_factory=dict)
    progress: Progress = _no_progress
    # Where files go when they go to no folder.
    store: StoredSite | None = None
    # Told how the site stands when all of it is there.
    after: Callable[[Outlook], None] = _tell_nobody
    # Asked instead of rendering, writing and remembering anything.
    ask: Callable[[Outlook], None] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildRequest:
    """What to build, and with what."""

    config: Config
    site: Path
    # The folder built into; None when nothing is to be written.
    into: Path | None
    pool: WorkerPool[WorkerMemory]
    options: Options

    @property
    def root(self) -> str:
        """The folder built into, relative, so that the ledger still holds when the site moves."""
        if self.options.store:
            return self.options.store.root
        return os.path.relpath(self.into, self.site) if self.into else CHECKED

    @property
    def publishes(self) -> bool:
        """Whether anything is to be written but the ledger."""
        return bool(self.into or self.options.store)

    @property
    def places(self) -> Places:
        """Where the site's files may really be."""
        return Places(self.site, self.config.outside)

    @property
    def memory(self) -> Path:
        """The folder of the ledger."""
        return self.options.memory or self.site / ".pivotgen"


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildContext(BuildRequest):
    """What every stage of one build works with."""

    # Held by this build.
    ledger: Ledger
