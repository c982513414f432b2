"""Staging copies: the compressed copies of a file to where it waits, made when its bytes change."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import NamedTuple

from pivotgen.engines.packing import unpack
from pivotgen.memory.fingerprint import digest, digest_of
from pivotgen.memory.signature import signature
from pivotgen.model.address import ASSETS
from pivotgen.model.page import PlannedPage
from pivotgen.model.render_context import StagingArea
from pivotgen.model.sidecars import NO_COPIES, SMALLEST, Copies, Copy, copy_of
from pivotgen.model.source import Digest
from pivotgen.stages.staging_folders import FileStat, StagingFolders


class StagedCopy(NamedTuple):
    """A copy that waits to be published, or that is in public/ already."""

    ending: str
    digest: Digest
    # Of the waiting file; None when public/ holds the right one.
    stat: FileStat | None


class StagedCopies(NamedTuple):
    """The copies of one file."""

    # What they were made from; empty for a file that has none by its type.
    made: Digest = b""
    files: tuple[StagedCopy, ...] = ()
    # The endings of those in public/ that must go before the file is published: a server must not
    # send an old copy of a new file.
    old: tuple[str, ...] = ()


# The endings and the bytes of copies.
CompressedCopies = Sequence[tuple[str, bytes]]


def stage_copies(
    page: PlannedPage,
    body: tuple[bytes, CompressedCopies | None],
    known: Digest,
    staging: StagingArea,
    folders: StagingFolders,
) -> StagedCopies:
    """Stage the copies of a file with these bytes and this digest; those that are right stay.

    The bytes come with their copies where those were made already. OSError when there is no room,
    or no right to write.
    """
    data, ready = body
    endings = staging.sidecars.of(page.output)
    before = unpack(Copies, page.copies) if page.copies else NO_COPIES
    made = digest_of([known, staging.sidecars.method]) if endings else b""
    path = f"{staging.into}{os.sep}{page.output}"
    if (
        not staging.write_all
        and made == before.made
        and all(_is_there(path, c) for c in before.files)
    ):
        return StagedCopies(made, tuple(StagedCopy(c.ending, c.digest, None) for c in before.files))
    earlier = {copy.ending: copy.digest for copy in before.files}
    copies = []
    if ready is None:
        ready = compressed_copies(page.output, data, endings)
    for ending, packed in ready:
        copy = Copy(ending, digest(packed))
        is_right = earlier.get(ending) == copy.digest and _is_there(path, copy)
        stat = None
        if staging.write_all or not is_right:
            stat = folders.write(page.output, page.id, packed, f".{ending}")
        copies.append(StagedCopy(ending, copy.digest, stat))
    right = {copy.ending for copy in copies if copy.stat is None}
    old = tuple(sorted({*earlier, *endings} - right))
    return StagedCopies(made, tuple(copies), old)


def compressed_copies(output: str, data: bytes, endings: tuple[str, ...]) -> CompressedCopies:
    """Each copy of a file that is worth having."""
    if len(data) < SMALLEST or not endings:
        return []
    # Only where something is compressed are the libraries for it imported.
    from pivotgen.engines.compression import compressed

    is_kept = f"/{output}".startswith(ASSETS)
    copies = [(ending, compressed(data, ending, kept=is_kept)) for ending in endings]
    return [(ending, packed) for ending, packed in copies if len(packed) < len(data)]


def _is_there(path: str, copy: Copy) -> bool:
    """Whether public/ holds a copy as it was written."""
    place = copy_of(path, copy.ending)
    try:
        if copy.signature and signature(os.stat(place)) == copy.signature:
            return True
        with open(place, "rb") as file:
            return digest(file.read()) == copy.digest
    except OSError:
        return False
