"""Staging: the bytes of rendered files to where they wait until the whole site is rendered."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pivotgen.engines.packing import unpack
from pivotgen.memory.fingerprint import digest
from pivotgen.memory.signature import signature
from pivotgen.model.page import PlannedPage
from pivotgen.model.render_context import StagingArea
from pivotgen.model.sidecars import NO_SIDECARS, Sidecars
from pivotgen.model.source import Digest
from pivotgen.stages.staging_folders import FILES, FileStat, StagingFolders
from pivotgen.stages.write.staging_copies import CompressedCopies, StagedCopies, stage_copies

# The folder that holds all staging areas.
_UNFINISHED = ".pivotgen-unfinished"


class StagedFile(NamedTuple):
    """A file that was rendered: waiting to be published, or found to be in public/ already."""

    id: int
    output: str
    kind: str
    language: str
    # Of its text.
    text: Digest | None
    # Of its bytes.
    digest: Digest
    shown_versions: bytes
    # Of the waiting file; None when public/ holds the right one.
    stat: FileStat | None
    copies: StagedCopies
    # Of a file that went to a store instead: what tells its blob.
    blob: bytes = b""

    @property
    def waiting(self) -> list[str]:
        """The names under which it and its copies wait, if their folder is there already."""
        copies = [f"{self.id}.{copy.ending}" for copy in self.copies.files if copy.stat]
        return [str(self.id), *copies] if self.stat else copies


class StagedFiles:
    """All that was rendered, in the order of the plan; packed, so that a large site's fits."""

    def __init__(self, staging: StagingArea | None) -> None:
        # Where the files wait; None when nothing is written.
        self.staging = staging
        self._batches: list[bytes] = []

    def add(self, batch: bytes) -> None:
        """Keep the packed files of one batch."""
        self._batches.append(batch)

    def discard(self) -> None:
        """Delete what waits."""
        discard_staging(self.staging)

    def __iter__(self) -> Iterator[StagedFile]:
        for batch in self._batches:
            yield from unpack(tuple[StagedFile, ...], batch)


def open_staging(
    into: Path, memory: Path, *, write_all: bool = False, sidecars: Sidecars = NO_SIDECARS
) -> StagingArea:
    """A new empty staging area beside the ledger. What an earlier build left there goes.

    On another file system, from where renaming would copy, it lies in public/ itself. With
    `write_all` every file is to be written, also one that is right. OSError when there is no right
    to write.
    """
    root = next(folder for folder in (into, *into.parents) if folder.exists())
    unfinished = (memory if memory.stat().st_dev == root.stat().st_dev else into) / _UNFINISHED
    _delete(unfinished)
    unfinished.mkdir(parents=True)
    # A name of its own: a worker of a killed build may write one more file before it ends.
    folder = tempfile.mkdtemp(dir=unfinished)
    os.mkdir(f"{folder}{os.sep}{FILES}")
    return StagingArea(str(into), folder, write_all, sidecars)


def stage_file(
    page: PlannedPage,
    data: bytes,
    staging: StagingArea,
    folders: StagingFolders,
    copies: CompressedCopies | None = None,
) -> tuple[Digest, FileStat | None, StagedCopies]:
    """The digest of the bytes, the stat of the file that they wait in, and the compressed copies.

    Nothing waits, and the stat is None, where public/ holds the bytes already. `folders` are those
    of this area and of public/; `copies` were made already. OSError when there is no room, or no
    right to write.
    """
    known = digest(data)
    is_known = not staging.write_all and known == page.digest
    stat = None
    if not (is_known and _is_published(page, data, staging)):
        stat = folders.write(page.output, page.id, data)
    return known, stat, stage_copies(page, (data, copies), known, staging, folders)


def discard_staging(staging: StagingArea | None) -> None:
    """Delete what waits and was not published."""
    if staging:
        _delete(Path(staging.folder).parent)


def _is_published(page: PlannedPage, data: bytes, staging: StagingArea) -> bool:
    """Whether the file in public/ holds the bytes already."""
    path = f"{staging.into}{os.sep}{page.output}"
    try:
        if signature(os.stat(path)) == page.signature:
            return True
        with open(path, "rb") as file:
            return file.read() == data
    except OSError:
        return False


def _delete(folder: Path) -> None:
    if folder.is_symlink():
        folder.unlink()
    elif folder.is_dir():
        shutil.rmtree(folder)
