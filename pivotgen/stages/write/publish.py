"""Publish: staged files to public/, so that readers see the old site or the new one.

`stages/write/staging.py` has staged the bytes of every changed file, and nothing that a reader sees
was touched. `publish` renames all of them into place, which needs no room on the disk and takes an
instant each; a folder that is not there yet moves as it is, with all that is in it. Every file is
whole at every instant, and files that the ledger does not know belong to somebody else and stay.
Both folders are open meanwhile, and no link in them is followed.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from pivotgen.disk.open_folders import OpenFolders, move_into
from pivotgen.model.render_context import StagingArea
from pivotgen.stages.staging_folders import FILES, FOLDERS
from pivotgen.stages.write.staging import StagedFile, discard_staging

_ASSETS = "assets"


def publish(staged: Iterable[StagedFile], staging: StagingArea) -> None:
    """Move what waits into its place: assets first, because the new pages need them."""
    into = Path(staging.into)
    into.parent.mkdir(parents=True, exist_ok=True)
    with OpenFolders(staging.folder) as waiting:
        if os.path.lexists(into):
            _publish_into(into, waiting, staged)
        elif FOLDERS in os.listdir(waiting.at("")):
            os.rename(FOLDERS, into, src_dir_fd=waiting.at(""))
    discard_staging(staging)


def remove(outputs: Iterable[str], into: Path) -> list[str]:
    """Delete files that are ours and no longer planned; return those that were there."""
    outputs = list(outputs)
    if not outputs or not into.is_dir():
        return []
    with OpenFolders(str(into)) as folders:
        return [output for output in outputs if folders.remove(output)]


def _publish_into(into: Path, waiting: OpenFolders, staged: Iterable[StagedFile]) -> None:
    with OpenFolders(str(into)) as public:
        has_folders = FOLDERS in os.listdir(waiting.at(""))
        if has_folders and _ASSETS in os.listdir(waiting.at(FOLDERS)):
            move_into(_ASSETS, waiting.at(FOLDERS), public.at(""))
        files = waiting.at(FILES)
        numbers = frozenset(os.listdir(files))
        # What is not among the files waits in a folder.
        for file in sorted((file for file in staged if str(file.id) in numbers), key=_assets_first):
            folder, _, name = file.output.rpartition("/")
            os.replace(str(file.id), name, src_dir_fd=files, dst_dir_fd=public.at(folder))
        if has_folders:
            for name in sorted(os.listdir(folders := waiting.at(FOLDERS))):
                move_into(name, folders, public.at(""))


def _assets_first(file: StagedFile) -> bool:
    return not file.output.startswith(f"{_ASSETS}/")
