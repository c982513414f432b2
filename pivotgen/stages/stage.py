"""Stage: the bytes of one planned file to where they wait until the whole site is made."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import NamedTuple

from pivotgen.memory.fingerprint import digest
from pivotgen.memory.signature import signature
from pivotgen.model.page import Planned
from pivotgen.model.setting import Place
from pivotgen.model.source import Digest

# Inside the folder for what waits: files whose folder exists in public/, by number, and beside them
# the folders that do not.
FILES, FOLDERS = "files", "folders"

# Inode, size and modification time of a file.
Written = tuple[int, int, int]


class Staged(NamedTuple):
    """A file that was made: waiting to be published, or found to be there already."""

    id: int
    output: str
    kind: str
    # Of its text.
    text: Digest | None
    # Of its bytes.
    digest: Digest
    ties: bytes
    # The waiting file; None when the right one is there.
    written: Written | None


def stage(page: Planned, data: bytes, place: Place | None) -> tuple[Digest, Written | None]:
    """The digest of the bytes, and the file that they wait in where public/ does not hold them yet;
    without a place, nothing is written. OSError when there is no room or no right."""
    known = digest(data)
    if place is None or (not place.anew and known == page.digest and _stands(page, data, place)):
        return known, None
    inside = os.path.dirname(page.output)
    if _folders(place).exists(inside):
        return known, _write(f"{place.aside}{os.sep}{FILES}{os.sep}{page.id}", data)
    _make_folder(f"{place.aside}{os.sep}{FOLDERS}{os.sep}{inside}")
    return known, _write(f"{place.aside}{os.sep}{FOLDERS}{os.sep}{page.output}", data)


def _stands(page: Planned, data: bytes, place: Place) -> bool:
    """Whether the file holds the bytes already."""
    path = f"{place.into}{os.sep}{page.output}"
    try:
        if signature(os.stat(path)) == page.signature:
            return True
        with open(path, "rb") as file:
            return file.read() == data
    except OSError:
        return False


class _Folders:
    """Which folders of public/ exist, asked of the file system once for each."""

    def __init__(self, root: str) -> None:
        self._root = root
        self._known: dict[str, bool] = {}

    def exists(self, folder: str) -> bool:
        if folder not in self._known:
            # A folder inside one that is not there is not there either.
            above = os.path.dirname(folder)
            there = folder == "" or self.exists(above)
            path = f"{self._root}{os.sep}{folder}"
            # A link may lead out of public/; what cannot be written through it is told.
            self._known[folder] = there and os.path.isdir(path) and not os.path.islink(path)
        return self._known[folder]


@lru_cache(maxsize=1)
def _folders(place: Place) -> _Folders:
    """Kept by a process for one build: each has a place of its own."""
    return _Folders(place.into)


def _make_folder(folder: str) -> None:
    try:
        os.mkdir(folder)
    except FileExistsError:
        return
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)


def _write(path: str, data: bytes) -> Written:
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(file, rest) :]
        stat = os.fstat(file)
    finally:
        os.close(file)
    return stat.st_ino, stat.st_size, stat.st_mtime_ns
