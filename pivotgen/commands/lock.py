"""`lock`: records every address of the site in pivots.lock, with its words and their day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from pivotgen.disk.places import Places
from pivotgen.edits.save import save
from pivotgen.model.config import Config
from pivotgen.model.edit import Change
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.lock import (
    ATTRIBUTES,
    LOCK,
    MERGE_LINE,
    NO_PAGE,
    Lock,
    LockPage,
    Recorded,
    lock_text,
)
from pivotgen.model.problem import Problem, any_errors
from pivotgen.model.redirect import Redirect
from pivotgen.pipeline import Options, Outlook, build
from pivotgen.stages.lock.lock_pages import recall_lock_pages, recall_moves
from pivotgen.stages.lock.read_lock import read_lock
from pivotgen.stages.worker_pool import worker_pool


class Difference(NamedTuple):
    """An address that the lock does not have as the site has it now."""

    # Percent-encoded, as everywhere inside the program.
    address: str
    # Since when the lock has other words there; None for an address that it lacks.
    since: date | None


@dataclass(frozen=True, slots=True)
class LockState:
    """How a site and its lock stand to each other."""

    # What stops a build, and with it the lock. Then nothing else is known.
    problems: tuple[Problem, ...] = ()
    lock: Lock = field(default_factory=Lock)
    # Every page with its hash, in the order of the sitemap; and addresses that lead elsewhere or
    # are gone.
    pages: Mapping[str, tuple[LockPage, str]] = field(default_factory=dict)
    moves: tuple[Redirect, ...] = ()

    @property
    def is_known(self) -> bool:
        """Whether the site could be planned."""
        return not any_errors(self.problems)

    @property
    def moved(self) -> tuple[str, ...]:
        """The addresses that lead elsewhere, whoever answers for them."""
        return tuple(sorted({move.old for move in self.moves if move.new is not None}))

    @property
    def differences(self) -> tuple[Difference, ...]:
        """What the next `lock` would add or change; nothing where the lock is up to date."""
        lines = self.lock.lines
        added = [address for address in (*self.pages, *self.moved) if address not in lines]
        changed = [
            Difference(address, self.lock.last_day(address))
            for address, (_, hashed) in self.pages.items()
            if address in lines and not any(line.hash == hashed for line in lines[address])
        ]
        return tuple(sorted([*(Difference(address, None) for address in added), *changed]))


def lock_state(config: Config, site: Path) -> LockState:
    """How the site in this folder stands to its lock; nothing is written.

    Whoever publishes a site asks it for `problems` and `differences`.
    """
    states: list[LockState] = []
    with worker_pool() as pool:
        asked = Options(ask=lambda outlook: states.append(state_from(outlook, site)))
        report = build(config, site, site / "public", pool, asked)
    problems = tuple(report.problems)
    return LockState(problems) if any_errors(problems) else replace(states[-1], problems=problems)


def state_from(outlook: Outlook, site: Path) -> LockState:
    """How a planned site stands to its lock."""
    files, plan = outlook.ledger.inputs.words(), outlook.comparison.plan
    pages = {
        page.address: (page, page.words(files).hex())
        for page in recall_lock_pages(outlook.ledger, plan)
    }
    file = site / LOCK
    lock = read_lock(file.read_bytes())[0] if file.is_file() else Lock()
    return LockState(lock=lock, pages=pages, moves=tuple(recall_moves(outlook.ledger, plan)))


def new_lines(
    state: LockState, today: date, *, minor: bool = False
) -> Iterator[tuple[str, Recorded]]:
    """The lines of the lock that fits the site now; `minor` has changed pages keep their days.

    A page that somebody dated later than its line gets that day, and one that only moved the day of
    its words.
    """
    days = _Days(state, today, is_minor=minor)
    for address, (page, hashed) in state.pages.items():
        yield address, Recorded(hashed, days.of(page, hashed))
    for address in state.moved:
        if address not in state.lock.lines:
            yield address, Recorded(NO_PAGE, today)
    for address, lines in state.lock.lines.items():
        if address not in state.pages:
            yield address, max(lines, key=lambda line: (line.day, line.hash))


def with_pulled(state: LockState, days: Mapping[str, date | None], today: date) -> LockState:
    """The state with lines for what the live site lists and the lock lacks.

    Nobody knows the words of a live page. So a page that is here gets the hash of its words, and
    an address without a page has none.
    """
    lines = dict(state.lock.lines)
    for address, day in days.items():
        if address in lines:
            continue
        if address not in state.pages:
            lines[address] = (Recorded(NO_PAGE, min(day or today, today)),)
        elif day:
            lines[address] = (Recorded(state.pages[address][1], min(day, today)),)
    return replace(state, lock=Lock(lines))


class _Days:
    def __init__(self, state: LockState, today: date, *, is_minor: bool) -> None:
        self._lock = state.lock
        self._today = today
        self._is_minor = is_minor
        # The days of words that no longer stand where they stood.
        self._moved = {
            line.hash: line.day
            for address, lines in state.lock.lines.items()
            for line in lines
            if address not in state.pages or state.pages[address][1] != line.hash
        }

    def of(self, page: LockPage, hashed: str) -> date:
        lines = self._lock.lines.get(page.address, ())
        if fitting := [line.day for line in lines if line.hash == hashed]:
            return min(fitting)
        if hashed in self._moved:
            return self._moved[hashed]
        last = self._lock.last_day(page.address)
        if last and self._is_minor:
            return last
        typed = page.updated or page.published
        is_newer = typed and typed <= self._today and (not last or typed > last)
        return typed if typed and is_newer else self._today


def write_lock(
    config: Config, site: Path, lines: Iterable[tuple[str, Recorded]]
) -> tuple[list[str], list[Problem]]:
    """Write the lock, and have git merge it; what was written, and what could not be."""
    changes = [_change(site, LOCK, lock_text(lines)), _attributes(site)]
    changed = [change for change in changes if change and change.old != change.new]
    problems = save(Places(site, config.outside), changed)
    return ([] if problems else [change.path for change in changed]), problems


def _change(site: Path, path: str, text: str) -> Change:
    file = site / path
    return Change(path, file.read_bytes() if file.is_file() else None, text.encode())


def _attributes(site: Path) -> Change | None:
    """The file that has git keep the lines of both sides, where the site is in a work tree of git.

    Elsewhere nobody would read it. A line about the lock that is there already stays.
    """
    if not any((folder / ".git").exists() for folder in (site, *site.parents)):
        return None
    file = site / ATTRIBUTES
    text = file.read_bytes().decode("utf-8", "surrogateescape") if file.is_file() else ""
    if any(line.split()[0].lstrip("/") == LOCK for line in text.splitlines() if line.split()):
        return None
    end = "\n" if text and not text.endswith("\n") else ""
    new = f"{text}{end}{MERGE_LINE}\n".encode("utf-8", "surrogateescape")
    return Change(ATTRIBUTES, file.read_bytes() if file.is_file() else None, new)
