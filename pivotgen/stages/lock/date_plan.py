"""Date the plan: lays the days of pivots.lock over the files of a plan, where their hashes fit.

The words of a page change more often than the graph. So days are no part of the plan: a build that
only reads another text plans neither the graph nor any page anew, but the few files that list days.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
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
    for page in recall_lock_pages(ledger, plan):
        day = page.day(lock, files)
        if day:
            if day not in typed:
                typed[day] = day.isoformat()
            days[output_of(page.address)] = typed[day]
            if shared.config.markdown_twins:
                days[output_of(twin_address(page.address))] = typed[day]
        entries.append(_entry(page, day or page.updated))
    rows = []
    for file in _files_with_days(shared.config, entries, lock):
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


def _files_with_days(config: Config, entries: Sequence[Entry], lock: Lock) -> Iterator[Page]:
    """The files that list the days of others, such as the sitemap."""
    whole = PlanInputs(site=NO_SITE, page_size=1, assets={}, listed=lambda: iter(entries))
    by_root = _by_root(config, entries)
    voices = [_voice(code, config.root(code), by_root, lock) for code in config.every_language]
    for kind in KINDS.values():
        if isinstance(kind, FileKind) and kind.says_days:
            for inputs in voices if kind.spoken else [whole]:
                language = inputs.site.language
                yield from (page._replace(language=language) for page in kind.pages(inputs))


def _by_root(config: Config, entries: Sequence[Entry]) -> Mapping[str, Sequence[Entry]]:
    """The entries of each language, by its root."""
    others = {config.root(language): list[Entry]() for language in config.every_language[1:]}
    if not others:
        # No address is taken apart in a site of one language.
        return {"": entries}
    own: list[Entry] = []
    for entry in entries:
        others.get(split_root(entry.address)[0], own).append(entry)
    return {"": own, **others}


def _voice(
    language: str, root: str, by_root: Mapping[str, Sequence[Entry]], lock: Lock
) -> PlanInputs:
    """What files of one language list."""
    entries = by_root[root]
    day = newest_day(lock, (entry.address for entry in entries if entry.card is not None))
    return PlanInputs(
        site=replace(NO_SITE, language=language, root=root),
        page_size=1,
        assets={},
        listed=lambda: iter(entries),
        feed_days={language: day} if day else {},
    )
