"""Publish: staged files to public/, so that readers see the old site or the new one.

`stages/write/staging.py` has staged the bytes of every changed file, and nothing that a reader sees
was touched. `publish` renames all of them into place, which needs no room on the disk and takes an
instant each; a folder that is not there yet moves as it is, with all that is in it. Every file is
whole at every instant, and files that the ledger does not know belong to somebody else and stay.
The compressed copies of a file go before it changes, and come after it: so each copy that is there
says what the file says, wherever a build is killed.
Both folders are open meanwhile, and no link in them is followed.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from pivotgen.disk.open_folders import OpenFolders, move_into
from pivotgen.model.render_context import StagingArea
from pivotgen.model.sidecars import copy_of
from pivotgen.stages.staging_folders import FILES, FOLDERS
from pivotgen.stages.write.staging import StagedFile, discard_staging

_ASSETS = "assets"


def publish(
    staged: Iterable[StagedFile], staging: StagingArea, is_planned: Callable[[str], bool]
) -> list[str]:
    """Move what waits into its place: assets first, because the new pages need them.

    Old copies of files go, unless another file with that name is planned. Those that no new copy
    replaces are returned.
    """
    removed: list[str] = []
    into = Path(staging.into)
    into.parent.mkdir(parents=True, exist_ok=True)
    with OpenFolders(staging.folder) as waiting:
        if os.path.lexists(into):
            removed = _publish_into(into, waiting, staged, is_planned)
        elif FOLDERS in os.listdir(waiting.at("")):
            os.rename(FOLDERS, into, src_dir_fd=waiting.at(""))
    discard_staging(staging)
    return removed


def remove(outputs: Iterable[str], into: Path) -> list[str]:
    """Delete files that are ours and no longer planned; return those that were there."""
    outputs = list(outputs)
    if not outputs or not into.is_dir():
        return []
    with OpenFolders(str(into)) as folders:
        return [output for output in outputs if folders.remove(output)]


def _publish_into(
    into: Path,
    waiting: OpenFolders,
    staged: Iterable[StagedFile],
    is_planned: Callable[[str], bool],
) -> list[str]:
    removed: list[str] = []
    with OpenFolders(str(into)) as public:
        has_folders = FOLDERS in os.listdir(waiting.at(""))
        if has_folders and _ASSETS in os.listdir(waiting.at(FOLDERS)):
            move_into(_ASSETS, waiting.at(FOLDERS), public.at(""))
        files = waiting.at(FILES)
        numbers = frozenset(os.listdir(files))
        # What is not among the files waits in a folder.
        here = (file for file in staged if _changes(file) and numbers.issuperset(file.waiting))
        for file in sorted(here, key=_assets_first):
            removed += _publish_file(file, files, public, is_planned)
        if has_folders:
            for name in sorted(os.listdir(folders := waiting.at(FOLDERS))):
                move_into(name, folders, public.at(""))
    return removed


def _publish_file(
    file: StagedFile, files: int, public: OpenFolders, is_planned: Callable[[str], bool]
) -> list[str]:
    """Publish a file with its copies; those that went and have no successor are returned."""
    old = [copy_of(file.output, ending) for ending in file.copies.old]
    gone = [copy for copy in old if not is_planned(copy) and public.unlink(copy)]
    folder, _, name = file.output.rpartition("/")
    for waiting in file.waiting:
        place = f"{name}{waiting.removeprefix(str(file.id))}"
        os.replace(waiting, place, src_dir_fd=files, dst_dir_fd=public.at(folder))
    new = {copy_of(file.output, copy.ending) for copy in file.copies.files}
    return [copy for copy in gone if copy not in new]


def _changes(file: StagedFile) -> bool:
    return bool(file.waiting or file.copies.old)


def _assets_first(file: StagedFile) -> bool:
    return not file.output.startswith(f"{_ASSETS}/")
