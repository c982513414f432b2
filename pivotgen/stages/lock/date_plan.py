"""Date the plan: lays the days of pivots.lock over the files of a plan, where their hashes fit.

The words of a page change more often than the graph. So days are no part of the plan: a build that
only reads another text plans neither the graph nor any page anew, but the few files that list days.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from pivotgen.kinds import KINDS, FileKind, packed_recipe
from pivotgen.memory.fingerprint import digest, digest_of
from pivotgen.model.address import output_of, split_root, twin_address
from pivotgen.model.config import Config
from pivotgen.model.lock import Lock, LockPage
from pivotgen.model.page import Entry, Page, PlanInputs
from pivotgen.model.shared_inputs import SharedInputs
from pivotgen.model.site import NO_SITE
from pivotgen.model.source import Digest
from pivotgen.stages.context import BuildContext
from pivotgen.stages.lock.lock_pages import recall_lock_pages
from pivotgen.stages.lock.read_lock import lock_of


def date_plan(build: BuildContext, shared: SharedInputs, plan: Digest) -> None:
    """Store the days of all files of the plan with this key, unless they are there already."""
    ledger = build.ledger
    key = digest_of([plan, ledger.inputs.key("words")])
    if not shared.lock or ledger.pages.roots.dated_from(build.root) == key:
        return
    lock, _ = lock_of(build, shared)
    files = ledger.inputs.words()
    days: dict[str, str] = {}
    # Many pages have the same day.
    typed: dict[date, str] = {}
    entries: list[Entry] = []
    pivots: list[str] = []
    for page in recall_lock_pages(ledger, plan):
        day = page.day(lock, files)
        if day:
            if day not in typed:
                typed[day] = day.isoformat()
            days[output_of(page.address)] = typed[day]
            if shared.config.markdown_twins:
                days[output_of(twin_address(page.address))] = typed[day]
        if page.card is not None:
            pivots.append(page.address)
        entries.append(_entry(page, day or page.updated))
    rows = []
    for file in _files_with_days(shared.config, entries, lock, pivots):
        packed = packed_recipe(file)
        days[file.output] = digest(packed).hex()
        rows.append((file.output, file.kind, file.language, file.source, packed))
    ledger.pages.store_days(build.root, key, days, rows)


def newest_day(lock: Lock, addresses: Iterable[str]) -> date | None:
    """The latest day of any of these addresses, whether it fits or not."""
    # One look at each line, because there are many and most have one of few days.
    lines = lock.lines
    days = {line.day for address in addresses for line in lines.get(address, ())}
    return max(days, default=None)


def _entry(page: LockPage, updated: date | None) -> Entry:
    address, source, _, published, _, card, author = page
    # Listed and served; names would take as long again, and there is one for each page.
    return Entry(address, source, updated, True, True, published, card, author)


def _files_with_days(
    config: Config, entries: Sequence[Entry], lock: Lock, pivots: Sequence[str]
) -> Iterator[Page]:
    """The files that list the days of others, such as the sitemap."""
    whole = PlanInputs(site=NO_SITE, page_size=1, assets={}, listed=lambda: iter(entries))
    voices = [_voice(config, code, entries, lock, pivots) for code in config.every_language]
    for kind in KINDS.values():
        if isinstance(kind, FileKind) and kind.says_days:
            for inputs in voices if kind.spoken else [whole]:
                language = inputs.site.language
                yield from (replace(page, language=language) for page in kind.pages(inputs))


def _voice(
    config: Config, language: str, entries: Sequence[Entry], lock: Lock, pivots: Sequence[str]
) -> PlanInputs:
    """What files of one language list."""
    roots = {config.root(other) for other in config.every_language[1:]}
    root = config.root(language)

    def is_own(address: str) -> bool:
        start = split_root(address)[0]
        return (start if start in roots else "") == root

    day = newest_day(lock, filter(is_own, pivots))
    return PlanInputs(
        site=replace(NO_SITE, language=language, root=root),
        page_size=1,
        assets={},
        listed=lambda: (entry for entry in entries if is_own(entry.address)),
        feed_days={language: day} if day else {},
    )
