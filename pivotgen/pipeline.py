"""The journey of a site, one way: read, parse, link, plan, render, write."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from pivotgen.checks import Rule
from pivotgen.engines.packing import pack
from pivotgen.memory import ledger, signature
from pivotgen.memory.fingerprint import digest, digest_of
from pivotgen.memory.ledger import Ledger
from pivotgen.model import failure
from pivotgen.model.config import Config
from pivotgen.model.problem import Problem, any_errors
from pivotgen.stages.compare import Comparison, compare
from pivotgen.stages.crew import Crew, WorkerDiedError, collect_seldom
from pivotgen.stages.make import make
from pivotgen.stages.prepare import Shared, prepare
from pivotgen.stages.read import read
from pivotgen.stages.refresh import Progress, refresh
from pivotgen.stages.write import discard, place, publish, remove, sign


@dataclass(slots=True)
class Report:
    """What a build did."""

    # Sorted by place.
    problems: list[Problem] = field(default_factory=list)
    # Files of the site; of these, made anew, and written because their bytes had changed.
    files: int = 0
    made: int = 0
    written: int = 0
    removed: int = 0
    # Content files that were parsed.
    parsed: int = 0
    # How many files were made for each reason.
    reasons: dict[str, int] = field(default_factory=dict)
    # Seconds by stage.
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time one stage."""
        started = time.perf_counter()
        yield
        self.seconds[name] = round(time.perf_counter() - started, 4)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a site stands: what is known of it, and what its next build would make."""

    book: Ledger
    # Of the folder built into.
    root: str
    # By kind of page, the names of the inputs that its pages share.
    common: Mapping[str, Mapping[str, bytes]]
    found: Comparison


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How a site is built."""

    drafts: bool = False
    # Make and write every file again, whatever is there.
    clean: bool = False
    # Folder of the ledger; .pivotgen/ of the site when not named.
    memory: Path | None = None
    # Warnings about the content are asked of these.
    rules: tuple[Rule, ...] = ()
    # Texts of content/ by path that are read in place of the files: what an editor has not saved.
    overlay: Mapping[str, bytes] = field(default_factory=dict)
    # Told the stage, how much of it is done, and how much there is.
    progress: Progress = lambda stage, done, total: None
    # Asked instead of making, writing and remembering anything.
    ask: Callable[[Standing], None] | None = None


def build(
    config: Config, site: Path, into: Path | None, crew: Crew, options: Options = Options()
) -> Report:
    """Carry content/ to `into`; with an error, or with no `into`, nothing is written there."""
    memory = options.memory or site / ".pivotgen"
    report = Report()
    deaths = crew.deaths
    collect_seldom()
    try:
        try:
            _carry(config, site, into, crew, options, memory, report)
        except ledger.DamagedError:
            if options.ask:
                report.problems.append(failure.UNREADABLE)
                return report
            ledger.forget(memory)
            report = Report([failure.RENEWED])
            _carry(config, site, into, crew, options, memory, report)
    except ledger.BusyError:
        report.problems.append(failure.BUSY)
    except WorkerDiedError:
        report.problems.append(failure.DIED)
    except OSError as error:
        report.problems.append(failure.unwritable(into or memory, error))
    else:
        if crew.deaths > deaths:
            report.problems.append(failure.LOST)
    report.problems.sort()
    return report


def _carry(
    config: Config,
    site: Path,
    into: Path | None,
    crew: Crew,
    options: Options,
    memory: Path,
    report: Report,
) -> None:
    # Relative, so that the ledger still holds when the site's folder moves.
    root = os.path.relpath(into, site) if into else _CHECKED
    with _opened(memory, into, asks=options.ask is not None) as book:
        with report.stage("read"):
            if options.clean:
                book.inputs.forget_everything()
            # Rules look at more of a text than its page shows.
            prose = bool(options.rules)
            changes = read(site, book.inputs.known(prose=prose), _now(book), options.overlay)
        with report.stage("parse"):
            done = refresh(
                site, changes, book, crew, options.progress, prose=prose, overlay=options.overlay
            )
            # Of a new site, this is every file.
            del changes
            shared, faults = prepare(site, config, book)
            report.parsed = done.parsed
            report.problems += [*done.problems, *faults]
            if not options.ask:
                book.commit()
        if shared is None:
            return
        with report.stage("plan"):
            key = digest_of([shared.key, bytes([options.drafts]), book.inputs.key("facts")])
            known = book.pages.planned_from(root) == key
            if not known or options.rules or report.problems:
                # A build that plans nothing new imports none of this.
                from pivotgen.stages.replan import replan

                report.problems += replan(
                    shared,
                    book,
                    root,
                    key,
                    drafts=options.drafts,
                    rules=options.rules,
                    unread=done.unread,
                    known=report.problems,
                )
        if any_errors(report.problems):
            return
        with report.stage("compare"):
            feeds = book.pages.has(root, "feed.xml")
            common = _common(shared, book, feeds=feeds)
            cards_key = digest_of([key, book.inputs.key("card")])
            settled = book.pages.settled_from(root) == cards_key
            cards = None if settled else book.inputs.versions()
            found = compare(
                book, root, into, common, cards=cards, now=_now(book), anew=options.clean
            )
            report.files, report.made = found.total, len(found.stale)
            report.reasons = dict(Counter(one for _, reasons in found.stale for one in reasons))
        if options.ask:
            options.ask(Standing(book, root, shared.common(feeds=feeds), found))
            return
        with report.stage("make"):
            where = place(into, memory, anew=options.clean) if into else None
            book.commit()
            try:
                waiting, faults = make(
                    [one for one, _ in found.stale],
                    shared.setting(feeds=feeds),
                    site,
                    book,
                    crew,
                    where,
                    lambda done: options.progress("making", done, report.made),
                )
                report.problems += faults
            except OSError:
                # The room is needed by whoever mends it.
                discard(where)
                raise
        if any_errors(report.problems):
            discard(where)
            return
        with report.stage("write"):
            if where:
                book.pages.announce(one for one, _ in found.stale)
                book.commit()
                publish(waiting, where)
                report.removed = remove(book.pages.gone(root), Path(where.into))
            report.written = sum(one.written is not None for one in waiting)
            reasons = (_packed(reasons) for _, reasons in found.stale)
            book.pages.made(sign(waiting, reasons, where, common, _now(book)))
            book.pages.resign(found.resigned)
            book.pages.settle(root, cards_key)
            _forget(site, book)
            book.commit()


def _common(shared: Shared, book: Ledger, *, feeds: bool) -> dict[str, bytes]:
    """The digest of what each kind of page shares; the names behind it stay in the ledger."""
    found = {}
    for kind, names in shared.common(feeds=feeds).items():
        packed = pack(names)
        found[kind] = digest(packed)
        book.inputs.remember(found[kind], packed)
    return found


def _forget(site: Path, book: Ledger) -> None:
    """Drop what no later build can use: folders that are gone, and memos of earlier versions."""
    for root in book.pages.roots():
        if root != _CHECKED and not (site / root).is_dir():
            book.pages.forget(root)
    book.inputs.retain()


@contextmanager
def _opened(memory: Path, into: Path | None, *, asks: bool) -> Iterator[Ledger]:
    """The site's ledger; one that nobody will see again where a check may not write, or where there
    is none and somebody only `asks`."""
    with ExitStack() as stack:
        try:
            book = stack.enter_context(
                ledger.opened(memory if not asks or memory.is_dir() else None)
            )
        except OSError:
            if into:
                raise
            book = stack.enter_context(ledger.opened(None))
        yield book


def _now(book: Ledger) -> int:
    return signature.clock(book.folder) if book.folder else time.time_ns()


# The reasons of many files are the same.
_packed = lru_cache(1_000)(pack)

# The name under which a check remembers pages that could be made, though they were not written.
_CHECKED = "(checked)"
