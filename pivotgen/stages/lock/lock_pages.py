"""Lock pages: what decides on the hash and the day of each page, remembered with its plan.

They are in the order of the sitemap, and in several memos, so that a large site's need little
memory at once. Old addresses are remembered beside them, because hosts may answer for those alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from pivotgen.engines.packing import pack, unpack
from pivotgen.memory.fingerprint import digest_of
from pivotgen.memory.ledger import DamagedError, Ledger
from pivotgen.model.address import output_of
from pivotgen.model.lock import LockPage
from pivotgen.model.page import Entry, Page
from pivotgen.model.redirect import Redirect
from pivotgen.model.source import Digest

# Pages in one memo.
_TOGETHER = 4_000


class ListWords:
    """What lists say by themselves, noted while a site is planned, by their outputs."""

    def __init__(self) -> None:
        self._noted: dict[str, tuple[Digest, str]] = {}

    def noted(self, page: Page) -> Page:
        """The page, once it is noted."""
        if page.words:
            self._noted[page.output] = page.words, page.source
        return page

    def lock_pages(self, listed: Iterator[Entry]) -> Iterator[LockPage]:
        """Each listed page."""
        for entry in listed:
            own, source = self._noted.get(output_of(entry.address), (b"", entry.owner))
            yield LockPage(
                entry.address,
                source,
                own,
                entry.published,
                entry.updated,
                entry.card,
                entry.author,
            )


def remember_lock_pages(
    ledger: Ledger, plan: Digest, pages: Iterator[LockPage], moves: Iterable[Redirect]
) -> None:
    """Remember the pages and the old addresses of the plan with this key."""
    ledger.memos.remember(_moves_key(plan), pack(tuple(moves)))
    number = 0
    while part := list(islice(pages, _TOGETHER)):
        ledger.memos.remember(_key(plan, number), pack(part))
        number += 1
    ledger.memos.remember(_key(plan, number), pack(()))


def knows_lock_pages(ledger: Ledger, plan: Digest) -> bool:
    """Whether the pages of the plan with this key are remembered; then they still will be."""
    number = 0
    while ledger.memos.use(_key(plan, number)):
        number += 1
    return ledger.memos.use(_moves_key(plan)) and number > 0


def recall_lock_pages(ledger: Ledger, plan: Digest) -> Iterator[LockPage]:
    """The pages of the plan with this key."""
    number = 0
    while packed := ledger.memos.recall(_key(plan, number)):
        if not (part := unpack(list[LockPage], packed)):
            return
        yield from part
        number += 1
    raise DamagedError("the pages of the plan are not all in the ledger")


def recall_moves(ledger: Ledger, plan: Digest) -> tuple[Redirect, ...]:
    """The old addresses of the plan with this key, in no order that means anything."""
    if packed := ledger.memos.recall(_moves_key(plan)):
        return unpack(tuple[Redirect, ...], packed)
    raise DamagedError("the old addresses of the plan are not in the ledger")


def _moves_key(plan: Digest) -> Digest:
    return digest_of([b"moves", plan])


def _key(plan: Digest, number: int) -> Digest:
    return digest_of([b"lock pages", plan, number.to_bytes(4)])
