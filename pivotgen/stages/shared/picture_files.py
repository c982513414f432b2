"""Picture files: the format and the size of every picture in assets/ and static/."""

from __future__ import annotations

from collections.abc import Mapping

from pivotgen.engines.packing import pack, unpack
from pivotgen.memory.fingerprint import digest_of
from pivotgen.model.picture import PictureFile, format_by_name
from pivotgen.model.source import STATIC, Digest
from pivotgen.stages.context import BuildContext
from pivotgen.stages.site_files import source_path

_Pictures = dict[str, PictureFile]


def picture_files(build: BuildContext, files: Mapping[str, Digest]) -> Mapping[str, PictureFile]:
    """Every picture by its path, remembered for as long as none of them changes.

    `files` are the digests of all files of assets/ and static/ by path, and perhaps of others.
    """
    folders = ("assets/", f"{STATIC}/")
    paths = [path for path in files if path.startswith(folders) and format_by_name(path)]
    parts = (part for path in paths for part in (path.encode(), files[path]))
    key = digest_of([b"pictures", *parts])
    if known := build.ledger.memos.recall(key):
        return unpack(_Pictures, known)
    # Imported only when a picture has changed.
    from pivotgen.engines.assets.picture import read_picture

    pictures = _Pictures()
    for path in paths:
        with source_path(build.site, path).open("rb") as file:
            pictures[path] = read_picture(file)
    build.ledger.memos.remember(key, pack(pictures))
    return pictures
