"""Watch: the folders of a site to batches of changes, as files are saved."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import field
from pathlib import Path
from threading import Event, Thread

from watchfiles import Change
from watchfiles import watch as watch_files

from pivotgen.engines.preview.links import link_targets
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.lock import LOCK
from pivotgen.model.source import SOURCE_FOLDERS, is_hidden

# Every file in these folders matters. Outside of them only the Python files next to
# build.py and pivots.lock do.
FOLDERS = SOURCE_FOLDERS
# Milliseconds: the longest time that a batch may grow, and the quiet time that ends it. An editor
# that writes another file and renames it needs less than that.
_LONGEST, _QUIET = 60, 10
# Milliseconds between two comparisons of a disk that reports no changes itself.
_POLL = 300
# Milliseconds after which an empty batch stands for saves from before the watch began.
_SETTLED = 1_000


def watch(
    site: Path, on_change: Callable[[frozenset[str]], None], stop: Event, *, poll: bool = False
) -> list[Thread]:
    """Call `on_change` with the paths of each batch, relative to the folder of the site.

    An empty batch means that a change may have been missed. The calls come from the threads that
    are returned; these end soon after `stop` is set. With `poll` the files are compared again and
    again, which also works on network disks.
    """
    watcher = _Watcher(site, on_change, stop, poll)
    threads = [
        Thread(target=watcher.watch_folders, daemon=True),
        Thread(target=watcher.watch_top_level, daemon=True),
        Thread(target=watcher.watch_linked_files, daemon=True),
    ]
    for thread in threads:
        thread.start()
    return threads


@dataclass(frozen=True, slots=True)
class _Watcher:
    site: Path
    on_change: Callable[[frozenset[str]], None]
    stop: Event
    poll: bool
    # Set when one of the folders appeared or disappeared.
    folders_changed: Event = field(default_factory=Event)
    # Set when a link may have appeared, disappeared or been turned elsewhere.
    links_changed: Event = field(default_factory=Event)

    def watch_folders(self) -> None:
        """Report everything in the folders; start again when a folder appears or disappears."""
        while not self.stop.is_set():
            self.folders_changed.clear()
            folders = [self.site / name for name in FOLDERS if (self.site / name).is_dir()]
            if not folders:
                self.folders_changed.wait(_POLL / 1000)
                continue
            try:
                self._watch_now(folders)
            except FileNotFoundError:
                # A folder disappeared while the watch began.
                continue

    def watch_top_level(self) -> None:
        """Report what lies next to build.py, but not what is in other folders there: .venv/ alone
        may hold thousands of files."""
        for batch in watch_files(
            self.site,
            watch_filter=_matters_at_top_level,
            debounce=_LONGEST,
            step=_QUIET,
            stop_event=self.stop,
            force_polling=self.poll,
            poll_delay_ms=_POLL,
            recursive=False,
        ):
            paths = self._relative(batch)
            if not paths.isdisjoint(FOLDERS):
                self.folders_changed.set()
            self.on_change(paths)

    def watch_linked_files(self) -> None:
        """Report files elsewhere that links lead to; a folder reports only the links themselves.

        What is in a linked folder is reported as a part of the folder that has the link.
        """
        folders: set[str] | None = None
        while not self.stop.is_set():
            self.links_changed.clear()
            targets = link_targets(self.site, FOLDERS)
            if folders is not None and targets.folders != folders:
                self.folders_changed.set()
            folders = targets.folders
            # Their folders are watched, because a file that is saved may be a new one each time.
            parents = {os.path.dirname(file) for file in targets.files}
            existing = [parent for parent in parents if os.path.isdir(parent)]
            if existing:
                self._watch_files(existing, targets.files)
            else:
                self._wait_for_links()

    def _wait_for_links(self) -> None:
        while not self.stop.is_set() and not self.links_changed.wait(_POLL / 1000):
            pass

    def _watch_files(self, parents: list[str], links: Mapping[str, str]) -> None:
        """Report changes of the files behind these links until links change."""
        for batch in watch_files(
            *parents,
            watch_filter=lambda _, path: path in links,
            debounce=_LONGEST,
            step=_QUIET,
            stop_event=_AnyEvent(self.stop, self.links_changed),
            force_polling=self.poll,
            poll_delay_ms=_POLL,
            recursive=False,
        ):
            self.on_change(frozenset(links[path] for _, path in batch))

    def _watch_now(self, folders: list[Path]) -> None:
        """Report everything in these folders until they change themselves."""
        may_have_missed = True
        for batch in watch_files(
            *folders,
            watch_filter=self._is_visible,
            debounce=_LONGEST,
            step=_QUIET,
            stop_event=_AnyEvent(self.stop, self.folders_changed),
            rust_timeout=_SETTLED,
            yield_on_timeout=True,
            force_polling=self.poll,
            poll_delay_ms=_POLL,
        ):
            if any(change is not Change.modified for change, _ in batch):
                self.links_changed.set()
            if batch or may_have_missed:
                self.on_change(self._relative(batch))
            may_have_missed = may_have_missed and bool(batch)

    def _is_visible(self, _: Change, path: str) -> bool:
        return not is_hidden(Path(path).relative_to(self.site).as_posix())

    def _relative(self, batch: set[tuple[Change, str]]) -> frozenset[str]:
        return frozenset(Path(path).relative_to(self.site).as_posix() for _, path in batch)


class _AnyEvent:
    """Set as soon as one of its events is."""

    def __init__(self, *events: Event) -> None:
        self._events = events

    def is_set(self) -> bool:
        return any(event.is_set() for event in self._events)


def _matters_at_top_level(change: Change, path: str) -> bool:
    name = Path(path).name
    if name in FOLDERS:
        # A folder also counts as modified whenever something in it changes.
        return change is not Change.modified
    return name == LOCK or (name.endswith(".py") and not is_hidden(name))
