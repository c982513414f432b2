"""Active files: those of assets/ and static/ in which a browser would run something."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pivotgen.engines.packing import pack, unpack
from pivotgen.engines.settings import SETTINGS_FILE, place_in_settings
from pivotgen.memory.fingerprint import digest_of
from pivotgen.model.problem import Problem
from pivotgen.model.source import STATIC, Digest
from pivotgen.stages.context import BuildContext
from pivotgen.stages.site_files import read_source

# Line, column and what stands there, by path.
_Parts = dict[str, tuple[int, int, str]]
_HINT = "take that part out; or, if you trust the file, name it in Config(active_files=…)"


def active_files(build: BuildContext, files: Mapping[str, Digest]) -> Iterator[Problem]:
    """A problem for each active file that the settings do not name, and for names of no file.

    `files` are the digests of all files of assets/ and static/ by path, and perhaps of others.
    """
    allowed = build.config.active_files
    for path, (line, column, what) in _parts(build, files).items():
        if path not in allowed:
            message = f"{what}: a browser that opens this file gives it all rights of the site"
            yield Problem(path, line, column, "active-file", message, _HINT)
    for path in allowed:
        if path not in files:
            place = place_in_settings(build.site, path)
            message = f"there is no file `{path}`, which active_files names"
            yield Problem(SETTINGS_FILE, *place, "active-file", message, "take the name out")


def _parts(build: BuildContext, files: Mapping[str, Digest]) -> _Parts:
    """What may run in each file, remembered for as long as none of them changes."""
    folders = ("assets/", f"{STATIC}/")
    paths = [path for path in files if path.startswith(folders)]
    key = digest_of([b"active", *(part for path in paths for part in (path.encode(), files[path]))])
    if known := build.ledger.memos.recall(key):
        return unpack(_Parts, known)
    # Imported only when a file has changed.
    from pivotgen.engines.assets.active_part import active_part, may_be_active

    parts = _Parts()
    for path in paths:
        if may_be_active(path) and (part := active_part(path, read_source(build.site, path))):
            parts[path] = (*part,)
    build.ledger.memos.remember(key, pack(parts))
    return parts
