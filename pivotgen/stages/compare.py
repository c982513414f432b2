"""Compare: the plan with what stands in public/: which files must be made, and why.

The same walk decides and explains. A file is right when what it was made from has not changed and
it is still what was written.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pivotgen.engines.packing import pack, unpack
from pivotgen.memory.fingerprint import digest
from pivotgen.memory.inputs import VERSION, source_of
from pivotgen.memory.ledger import DamagedError, Ledger
from pivotgen.memory.pages import Row
from pivotgen.memory.signature import settled, signature
from pivotgen.model.page import KINDS, Recipe
from pivotgen.model.source import Digest

# Of a recipe's digest, in what a page was made from: enough to tell two of them apart.
_SHORT = 8
# Inputs that one reason names before it only counts.
_NAMED = 5

K = TypeVar("K")


@dataclass(slots=True)
class Comparison:
    """What must be made, and files that are right but looked as if they might not be."""

    # Id of each file to make, with the reasons, in the order of the plan.
    stale: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)
    resigned: list[tuple[bytes, int]] = field(default_factory=list)
    total: int = 0


def compare(
    book: Ledger,
    root: str,
    into: Path | None,
    common: Mapping[str, Digest],
    *,
    cards: Mapping[int, bytes] | None,
    now: int,
    anew: bool = False,
) -> Comparison:
    """Compare every planned file of `root`.

    `common` names what each kind shares; `cards` the version of every card, or None when neither
    cards nor plan have changed since all files were right; `now` is the file system's time.
    Without `into` the files themselves are not looked at; with `anew` everything must be made.
    """
    done = Comparison()
    explain = _Explainer(book, common)
    folder = f"{into}{os.sep}" if into else ""
    for row in book.pages.rows(root, whole=cards is not None):
        done.total += 1
        reasons = _ASKED if anew else explain.inputs(row, cards)
        if not reasons and folder:
            reasons = _file(f"{folder}{row.output}", row, now, done)
        if reasons:
            done.stale.append((row.id, reasons))
    if done.total != book.pages.files(root):
        raise DamagedError("rows of the plan are missing")
    return done


def _file(path: str, row: Row, now: int, done: Comparison) -> tuple[str, ...]:
    """Why a file is not the one that was written; none when it is."""
    try:
        stat = os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        return ("it is missing",)
    if signature(stat) == row.signature:
        return ()
    if not _same(path, row.digest):
        return ("it is not what was written",)
    done.resigned.append((signature(stat) if settled(stat, now) else b"", row.id))
    return ()


def ties(recipe: Recipe, packed: bytes, cards: Mapping[int, bytes]) -> bytes:
    """What a page shows of others: its recipe's digest, then the version of each card."""
    return digest(packed)[:_SHORT] + b"".join([cards.get(one, b"") for one in recipe.shows])


class _Explainer:
    """Finds what differs between the inputs of now and those a file was made from."""

    def __init__(self, book: Ledger, common: Mapping[str, Digest]) -> None:
        self._book = book
        self._common = common
        self._said: dict[tuple[Digest, Digest], tuple[str, ...]] = {}

    def inputs(self, row: Row, cards: Mapping[int, bytes] | None) -> tuple[str, ...]:
        if row.common is None:
            return _NEW
        reasons: tuple[str, ...] = ()
        if row.common != (now := self._common.get(row.kind, b"")):
            reasons += self._shared(row.common, now)
        if row.text != row.text_now:
            reasons += (f"the text of {row.source} changed",)
        if cards is not None:
            recipe = unpack(KINDS[row.kind], row.recipe)
            if (shown := ties(recipe, row.recipe, cards)) != row.ties:
                reasons += self._shown(row.ties, shown)
        return reasons

    def _shown(self, before: bytes, now: bytes) -> tuple[str, ...]:
        told = _differing(_cards(before), _cards(now))
        return tuple(
            f"the card of {self._book.inputs.path(one)} {how}" for one, how in told[:_NAMED]
        ) or ("what the graph says of it changed",)

    def _shared(self, before: Digest, now: Digest) -> tuple[str, ...]:
        if (before, now) not in self._said:
            old, new = (self._book.inputs.recall(key) or pack({}) for key in (before, now))
            told = _differing(unpack(dict[str, bytes], old), unpack(dict[str, bytes], new))
            self._said[before, now] = tuple(f"{name} {how}" for name, how in told)
        return self._said[before, now] or ("what it shares with others changed",)


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


def _same(path: str, known: Digest | None) -> bool:
    try:
        with open(path, "rb") as file:
            return digest(file.read()) == known
    except OSError:
        return False
