"""Compare: the plan with what stands in public/: which files must be rendered, and why.

The same walk decides and explains. A file is right when what it was made from has not changed and
it is still what was written.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from pivotgen.engines.packing import pack, unpack
from pivotgen.kinds import KINDS, recipe_of
from pivotgen.memory.card_versions import VERSION, source_of
from pivotgen.memory.fingerprint import digest, digest_of
from pivotgen.memory.ledger import DamagedError, Ledger
from pivotgen.memory.page_rows import Row
from pivotgen.memory.signature import settled, signature
from pivotgen.memory.stored_cards import StoredCards
from pivotgen.model.address import ATOM_FEED, in_language, output_of
from pivotgen.model.lock import LOCK
from pivotgen.model.page import Recipe
from pivotgen.model.shared_inputs import SharedInputs
from pivotgen.model.sidecars import Copies, Copy, copy_of
from pivotgen.model.source import Digest
from pivotgen.stages.context import BuildContext, Comparison
from pivotgen.stages.lock.lock_pages import recall_moves
from pivotgen.stages.shared.names import remember_names, shared_names

if TYPE_CHECKING:
    # A build into a folder imports nothing of stores.
    from pivotgen.model.stored import StoredSite

# Bytes of a recipe's digest that a page remembers: enough to tell two of them apart.
_SHORT = 8
DAYS_CHANGED = f"a day in {LOCK} changed"
# Cards that the reasons for one page name at most.
_NAMED = 5

K = TypeVar("K")


def compare(build: BuildContext, shared: SharedInputs, plan: Digest) -> Comparison:
    """Compare every planned file of the build; `plan` is the key of the plan.

    Cards are not compared when neither they nor the plan have changed since all files were right.
    When the build writes nothing, the files themselves are not looked at.
    """
    ledger = build.ledger
    config = build.config
    roots = {language: config.root(language) for language in config.every_language}
    feeds = frozenset(
        language
        for language, root in roots.items()
        if ledger.pages.has(build.root, output_of(in_language(ATOM_FEED, root)))
    )
    asked = {
        language: ledger.inputs.asked_key(language if root else "")
        for language, root in roots.items()
    }
    names = shared_names(shared, feeds, asked)
    common = remember_names(names, ledger)
    key = digest_of([plan, ledger.inputs.key("card"), *asked.values()])
    comparison = Comparison(
        names=names, common=common, plan=plan, key=key, feeds=feeds, store=_store(build, plan)
    )
    _find_stale(build, comparison)
    return comparison


def _store(build: BuildContext, plan: Digest) -> StoredSite | None:
    """Where files go when they go to no folder."""
    store = build.options.store
    return store.with_moves(recall_moves(build.ledger, plan)) if store else None


def shown_versions(recipe: Recipe, packed: bytes, cards: Mapping[int, bytes]) -> bytes:
    """What a page shows of others: its recipe's digest, then the version of each card."""
    return digest(packed)[:_SHORT] + b"".join([cards.get(card, b"") for card in recipe.shows])


def _find_stale(build: BuildContext, comparison: Comparison) -> None:
    explain = _Explainer(build.ledger, comparison.common)
    now = build.ledger.now
    is_settled = build.ledger.pages.roots.settled_from(build.root) == comparison.key
    cards = None if is_settled else _Versions(build.ledger.cards)
    folder = f"{build.into}{os.sep}" if build.into else ""
    store = comparison.store
    for row in build.ledger.pages.rows(build.root, whole=cards is not None):
        comparison.total += 1
        reasons = _ASKED if build.options.clean else explain.inputs(row, cards)
        if not reasons and folder:
            reasons = _file(f"{folder}{row.output}", row, now, comparison)
        elif not reasons and store and not store.has(row.output, row.signature):
            reasons = ("it is not in the store",)
        if reasons:
            comparison.stale.append((row.id, reasons))
    if comparison.total != build.ledger.pages.roots.files(build.root):
        raise DamagedError("rows of the plan are missing")


def _file(path: str, row: Row, now: int, comparison: Comparison) -> tuple[str, ...]:
    """Why a file is not the one that was written; no reason when it is."""
    try:
        stat = os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        return ("it is missing",)
    proof, copies = row.signature, row.copies
    if signature(stat) != proof:
        if not _is_same(path, row.digest):
            return ("it is not what was written",)
        proof = signature(stat) if settled(stat, now) else b""
    if copies:
        reasons, copies = _copies(path, copies, now)
        if reasons:
            return reasons
    if (proof, copies) != (row.signature, row.copies):
        comparison.refreshed.append((proof or b"", copies, row.id))
    return ()


def _copies(path: str, packed: bytes, now: int) -> tuple[tuple[str, ...], bytes]:
    """Why the compressed copies of a file are not those that were written; and the copies, packed,
    with new signatures where they are."""
    known = unpack(Copies, packed)
    copies: list[Copy] = []
    for copy in known.files:
        place = copy_of(path, copy.ending)
        try:
            stat = os.stat(place)
        except (FileNotFoundError, NotADirectoryError):
            return (f"its copy .{copy.ending} is missing",), packed
        proof = copy.signature
        if signature(stat) != proof:
            if not _is_same(place, copy.digest):
                return (f"its copy .{copy.ending} is not what was written",), packed
            proof = signature(stat) if settled(stat, now) else b""
        copies.append(copy if proof == copy.signature else copy._replace(signature=proof))
    return (), packed if tuple(copies) == known.files else pack(Copies(known.made, tuple(copies)))


class _Versions:
    """The versions of all that files show of pivots."""

    def __init__(self, cards: StoredCards) -> None:
        self._stored = cards
        self.cards = cards.versions()

    @cached_property
    def asked(self) -> dict[int, bytes]:
        """Of cards together with what pivots are looked up by."""
        return self._stored.asked_versions()


class _Explainer:
    """Finds what differs between the inputs of now and those a file was made from."""

    def __init__(self, ledger: Ledger, common: Mapping[tuple[str, str], Digest]) -> None:
        self._ledger = ledger
        self._common = common
        self._known: dict[tuple[Digest, Digest], tuple[str, ...]] = {}

    def inputs(self, row: Row, cards: _Versions | None) -> tuple[str, ...]:
        if row.common is None:
            return _NEW
        reasons: tuple[str, ...] = ()
        if row.common != (now := self._common.get((row.kind, row.language), b"")):
            reasons += self._shared(row.common, now)
        if row.days != row.made_days:
            reasons += (DAYS_CHANGED,)
        if row.text != row.text_now:
            reasons += (f"the text of {row.source} changed",)
        if cards is not None:
            recipe, _ = recipe_of(row.kind, row.recipe)
            now_shown = cards.asked if KINDS[row.kind].shows_asked else cards.cards
            shown = shown_versions(recipe, row.recipe, now_shown)
            if shown != row.shown_versions:
                reasons += self._shown(row.shown_versions, shown)
        return reasons

    def _shown(self, before: bytes, now: bytes) -> tuple[str, ...]:
        differing = _differing(_cards(before), _cards(now))
        return tuple(
            f"the card of {self._ledger.inputs.path(number)} {how}"
            for number, how in differing[:_NAMED]
        ) or ("what the graph says of it changed",)

    def _shared(self, before: Digest, now: Digest) -> tuple[str, ...]:
        if (before, now) not in self._known:
            old, new = (self._ledger.memos.recall(key) or pack({}) for key in (before, now))
            differing = _differing(unpack(dict[str, bytes], old), unpack(dict[str, bytes], new))
            self._known[before, now] = tuple(f"{name} {how}" for name, how in differing)
        return self._known[before, now] or ("what it shares with others changed",)


_NEW = ("it was never made",)
_ASKED = ("everything is made anew",)


def _cards(shown: bytes) -> dict[int, bytes]:
    """The version of each card among what a page shows, by the number of its source."""
    parts = (shown[at : at + VERSION] for at in range(_SHORT, len(shown), VERSION))
    return {source_of(part): part for part in parts}


def _differing(old: Mapping[K, bytes], new: Mapping[K, bytes]) -> list[tuple[K, str]]:
    """What is not the same in both, and how it came about."""
    changed = [(name, "changed") for name in new if name in old and old[name] != new[name]]
    added = [(name, "joined it") for name in new if name not in old]
    dropped = [(name, "left it") for name in old if name not in new]
    return [*changed, *added, *dropped]


def _is_same(path: str, known: Digest | None) -> bool:
    try:
        with open(path, "rb") as file:
            return digest(file.read()) == known
    except OSError:
        return False
