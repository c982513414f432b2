"""Publish: staged files to public/, so that readers see the old site or the new one.

`stages/write/staging.py` has staged the bytes of every changed file, and nothing that a reader sees
was touched. `publish` renames all of them into place, which needs no room on the disk and takes an
instant each; a folder that is not there yet moves as it is, with all that is in it. Every file is
whole at every instant, and files that the ledger does not know belong to somebody else and stay.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from pivotgen.model.render_context import StagingArea
from pivotgen.stages.write.staging import FILES, FOLDERS, StagedFile, discard_staging

_ASSETS = "assets"


def publish(staged: Iterable[StagedFile], staging: StagingArea) -> None:
    """Move what waits into its place: assets first, because the new pages need them."""
    into, folders = Path(staging.into), Path(staging.folder, FOLDERS)
    into.parent.mkdir(parents=True, exist_ok=True)
    if into.exists() and (folders / _ASSETS).is_dir():
        _move(folders / _ASSETS, into / _ASSETS)
    files = f"{staging.folder}{os.sep}{FILES}{os.sep}"
    waiting = frozenset(os.listdir(files))
    # What is not among the files waits in a folder.
    for file in sorted((file for file in staged if str(file.id) in waiting), key=_assets_first):
        os.replace(f"{files}{file.id}", into / file.output)
    if folders.is_dir():
        _move(folders, into)
    discard_staging(staging)


def remove(outputs: Iterable[str], into: Path) -> list[str]:
    """Delete files that are ours and no longer planned; return those that were there."""
    removed = []
    for output in outputs:
        path = into / output
        if path.is_file() or path.is_symlink():
            path.unlink()
            removed.append(output)
        _remove_empty(path.parent, into)
    return removed


def _assets_first(file: StagedFile) -> bool:
    return not file.output.startswith(f"{_ASSETS}/")


def _move(waiting: Path, place: Path) -> None:
    """Move a file or a folder into its place; a folder that exists gets what is in the other."""
    if waiting.is_dir() and place.is_dir() and not place.is_symlink():
        for entry in sorted(waiting.iterdir()):
            _move(entry, place / entry.name)
    else:
        os.replace(waiting, place)


def _remove_empty(folder: Path, root: Path) -> None:
    while folder != root and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
