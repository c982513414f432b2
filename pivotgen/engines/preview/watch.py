"""Watch: the folders of a site to batches of changes, as they are saved."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

from watchfiles import Change
from watchfiles import watch as changes_of

# Folders whose every file counts; beside them, the Python files next to build.py.
FOLDERS = ("assets", "content", "layouts")
# Milliseconds: how long one batch may grow, and the quiet after which it is handed on. An editor
# that writes a file aside and renames it is done well within that.
_LONGEST, _QUIET = 60, 10
# Milliseconds between two looks at a disk that tells nothing by itself.
_POLL = 300
# Milliseconds after which what was saved before the watch began is looked for.
_SETTLED = 1_000


def watch(
    site: Path, changed: Callable[[frozenset[str]], None], stop: Event, *, poll: bool = False
) -> list[Thread]:
    """Call `changed` with the paths of each batch, from threads that end soon after `stop` is set.

    An empty batch means that something may have been missed. With `poll` files are compared
    again and again, which also works on network disks.
    """
    again = Event()
    threads = [
        Thread(target=_folders, args=(site, changed, stop, again, poll), daemon=True),
        Thread(target=_beside, args=(site, changed, stop, again, poll), daemon=True),
    ]
    for thread in threads:
        thread.start()
    return threads


class _Either:
    """Set as soon as one of two events is."""

    def __init__(self, *events: Event) -> None:
        self._events = events

    def is_set(self) -> bool:
        return any(event.is_set() for event in self._events)


def _folders(
    site: Path, changed: Callable[[frozenset[str]], None], stop: Event, again: Event, poll: bool
) -> None:
    """Everything inside the folders; started anew when one of them came or went."""
    while not stop.is_set():
        again.clear()
        there = [site / name for name in FOLDERS if (site / name).is_dir()]
        if not there:
            again.wait(_POLL / 1000)
            continue
        missed = True
        try:
            for batch in changes_of(
                *there,
                watch_filter=_visible,
                debounce=_LONGEST,
                step=_QUIET,
                stop_event=_Either(stop, again),
                rust_timeout=_SETTLED,
                yield_on_timeout=True,
                force_polling=poll,
                poll_delay_ms=_POLL,
            ):
                if batch or missed:
                    changed(_named(site, batch))
                missed = missed and bool(batch)
        except FileNotFoundError:
            # A folder went while the watch began.
            continue


def _beside(
    site: Path, changed: Callable[[frozenset[str]], None], stop: Event, again: Event, poll: bool
) -> None:
    """What lies next to build.py. Not the folders in it: .venv/ alone may hold thousands."""
    for batch in changes_of(
        site,
        watch_filter=_ours,
        debounce=_LONGEST,
        step=_QUIET,
        stop_event=stop,
        force_polling=poll,
        poll_delay_ms=_POLL,
        recursive=False,
    ):
        paths = _named(site, batch)
        if any(name in paths for name in FOLDERS):
            again.set()
        changed(paths)


def _named(site: Path, batch: set[tuple[Change, str]]) -> frozenset[str]:
    return frozenset(Path(path).relative_to(site).as_posix() for _, path in batch)


def _visible(_: Change, path: str) -> bool:
    """Hidden files and editors' backups are not content, here as in `read`."""
    name = Path(path).name
    return not name.startswith(".") and not name.endswith("~")


def _ours(kind: Change, path: str) -> bool:
    name = Path(path).name
    if name in FOLDERS:
        # A folder is also said to be modified whenever something in it is.
        return kind is not Change.modified
    return _visible(kind, path) and name.endswith(".py")
