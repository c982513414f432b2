"""Write: what was rendered to public/, and what was done to the ledger."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from pivotgen.engines.packing import pack, unpack
from pivotgen.memory.page_rows import RenderedRow
from pivotgen.memory.signature import settled, signature
from pivotgen.model.render_context import StagingArea
from pivotgen.model.sidecars import Copies, Copy, copy_of
from pivotgen.stages.context import BuildContext, Comparison, Report
from pivotgen.stages.staging_folders import FileStat
from pivotgen.stages.write.forget_unused import forget_unused
from pivotgen.stages.write.publish import publish, remove
from pivotgen.stages.write.staging import StagedFile, StagedFiles
from pivotgen.stages.write.staging_copies import StagedCopies

# In place of what copies are made from, while they change.
_UNKNOWN = b"?"


def write(build: BuildContext, comparison: Comparison, files: StagedFiles, report: Report) -> None:
    """Publish the staged files, remove those that are no longer planned, and store what was done.

    OSError when there is no right to write.
    """
    pages = build.ledger.pages
    if files.staging:
        pages.announce(build.root, _announced(files))
        build.ledger.commit()
        is_planned = _planned_copies(build, files.staging)
        report.removed_files = publish(files, files.staging, is_planned)
        gone = _gone(build, files)
        report.removed_files += remove(gone, Path(files.staging.into))
    for file in files:
        own, copies = _written(file)
        report.written_files += own + copies
        report.written_copies += len(copies)
    pages.store_rendered(build.root, _rows(build, comparison, files))
    pages.refresh_stat(build.root, comparison.refreshed)
    pages.settle(build.root, comparison.key)
    forget_unused(build)
    build.ledger.commit()


def _announced(files: StagedFiles) -> Iterator[tuple[int, bytes | None]]:
    """Each file that is about to be written; with all copies that it has or will have, as long as
    some of them change."""
    for file in files:
        _, copies, old = file.copies
        if not old and all(copy.stat is None for copy in copies):
            yield file.id, None
            continue
        # What it says of them fits no file, so a build that is killed leaves nothing that looks
        # right.
        right = tuple(Copy(copy.ending, b"") for copy in copies if copy.ending not in old)
        yield file.id, pack(Copies(_UNKNOWN, (*right, *(Copy(ending, b"") for ending in old))))


def _planned_copies(build: BuildContext, staging: StagingArea) -> Callable[[str], bool]:
    """Tells whether a path is that of a planned file, and not only of the copy of another."""
    made = tuple(f".{ending}" for ending in staging.sidecars.endings)

    def is_planned(path: str) -> bool:
        # A site with a file that has the name of a copy does not build.
        return not path.endswith(made) and build.ledger.pages.has(build.root, path)

    return is_planned


def _gone(build: BuildContext, files: StagedFiles) -> list[str]:
    """What is ours and no longer planned: copies, each before its file."""
    pages = build.ledger.pages
    gone = pages.gone(build.root)
    outputs = {output for output, _ in gone}
    # What was a file of its own may be a copy now.
    kept = {
        path
        for file in (files if outputs else ())
        for copy in file.copies.files
        if (path := copy_of(file.output, copy.ending)) in outputs
    }
    paths: list[str] = []
    for output, packed in gone:
        copies = unpack(Copies, packed).files if packed else ()
        old = (copy_of(output, copy.ending) for copy in copies)
        paths += [copy for copy in old if copy not in outputs and not pages.has(build.root, copy)]
        paths.append(output)
    return [path for path in paths if path not in kept]


def _written(file: StagedFile) -> tuple[list[str], list[str]]:
    """The file itself where it was written, and those of its copies that were."""
    copies = [copy_of(file.output, copy.ending) for copy in file.copies.files if copy.stat]
    return [file.output] if file.stat or file.blob else [], copies


def _rows(build: BuildContext, comparison: Comparison, files: StagedFiles) -> Iterator[RenderedRow]:
    """What the ledger should know of the files, each with the reasons that it was rendered for."""
    now = build.ledger.now
    packed: dict[tuple[str, ...], bytes] = {}
    for file, (_, reasons) in zip(files, comparison.stale, strict=True):
        if reasons not in packed:
            packed[reasons] = pack(reasons)
        # A store has no signatures, but the blob of a file never changes.
        proof, copies = file.blob, None
        if files.staging:
            path = f"{files.staging.into}{os.sep}{file.output}"
            proof = _proof(path, file.stat, now)
            copies = _copies(path, file.copies, now)
        yield RenderedRow(
            id=file.id,
            output=file.output,
            common=comparison.common[file.kind, file.language],
            text=file.text,
            digest=file.digest,
            signature=proof,
            shown_versions=file.shown_versions,
            reasons=packed[reasons],
            copies=copies,
        )


def _copies(path: str, staged: StagedCopies, now: int) -> bytes | None:
    if not staged.made:
        return None
    copies = (
        Copy(ending, known, _proof(copy_of(path, ending), stat, now))
        for ending, known, stat in staged.files
    )
    return pack(Copies(staged.made, tuple(copies)))


def _proof(path: str, staged: FileStat | None, now: int) -> bytes:
    """The signature of a published file; empty where a later change might not show in it."""
    stat = os.stat(path)
    ours = staged in (None, (stat.st_ino, stat.st_size, stat.st_mtime_ns))
    return signature(stat) if ours and settled(stat, now) else b""
