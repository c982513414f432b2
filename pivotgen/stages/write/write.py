"""Write: what was rendered to public/, and what was done to the ledger."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from pivotgen.engines.packing import pack
from pivotgen.memory.page_rows import RenderedRow
from pivotgen.memory.signature import settled, signature
from pivotgen.stages.context import BuildContext, Comparison, Report
from pivotgen.stages.write.forget_unused import forget_unused
from pivotgen.stages.write.publish import publish, remove
from pivotgen.stages.write.staging import StagedFiles


def write(build: BuildContext, comparison: Comparison, files: StagedFiles, report: Report) -> None:
    """Publish the staged files, remove those that are no longer planned, and store what was done.

    OSError when there is no right to write.
    """
    pages = build.ledger.pages
    if files.staging:
        pages.announce(build.root, (number for number, _ in comparison.stale))
        build.ledger.commit()
        publish(files, files.staging)
        report.removed_files = remove(pages.gone(build.root), Path(files.staging.into))
    report.written_files = [file.output for file in files if file.stat is not None]
    pages.store_rendered(build.root, _rows(build, comparison, files))
    pages.refresh_stat(build.root, comparison.refreshed)
    pages.settle(build.root, comparison.key)
    forget_unused(build)
    build.ledger.commit()


def _rows(build: BuildContext, comparison: Comparison, files: StagedFiles) -> Iterator[RenderedRow]:
    """What the ledger should know of the files, each with the reasons that it was rendered for."""
    now = build.ledger.now
    packed: dict[tuple[str, ...], bytes] = {}
    for file, (_, reasons) in zip(files, comparison.stale, strict=True):
        if reasons not in packed:
            packed[reasons] = pack(reasons)
        proof = b""
        if files.staging:
            stat = os.stat(f"{files.staging.into}{os.sep}{file.output}")
            ours = file.stat in (None, (stat.st_ino, stat.st_size, stat.st_mtime_ns))
            proof = signature(stat) if ours and settled(stat, now) else b""
        yield RenderedRow(
            id=file.id,
            output=file.output,
            common=comparison.common[file.kind],
            text=file.text,
            digest=file.digest,
            signature=proof,
            shown_versions=file.shown_versions,
            reasons=packed[reasons],
        )
