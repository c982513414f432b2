"""Write: files to public/, in two steps, so that readers see the old site or the new one.

`stage` puts the bytes of every changed file aside, and nothing that a reader sees is touched.
`publish` then renames all of them into place, which needs no room on
the disk and takes an instant each; folders that are not there yet move as they are, with all that
is in them. Every file is whole at every instant, and files that the ledger does not know are a
stranger's and are left alone.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from pivotgen.memory.fingerprint import digest
from pivotgen.memory.pages import Made
from pivotgen.memory.signature import settled, signature
from pivotgen.model.source import Digest
from pivotgen.stages.make import Fresh

# The folder that holds what is not published yet: files for folders that exist, by number, and
# beside them the folders that do not.
_UNFINISHED = ".pivotgen-unfinished"
_FILES, _FOLDERS = "files", "folders"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a site goes, and where its files wait until all of them are made."""

    into: Path
    aside: Path


def place(into: Path, memory: Path) -> Place:
    """Files wait beside the ledger; on another file system, from where renaming would copy them,
    in public/ itself."""
    root = next(folder for folder in (into, *into.parents) if folder.exists())
    near = memory if memory.stat().st_dev == root.stat().st_dev else into
    found = Place(into, near / _UNFINISHED)
    discard(found)
    return found


@dataclass(frozen=True, slots=True)
class Staged:
    """A file that was made: waiting to be published, or found to be there already."""

    id: int
    output: str
    kind: str
    text: Digest | None
    ties: bytes
    reasons: bytes
    digest: Digest
    # Inode, size and modification time of the waiting file; None when the right one is there.
    written: tuple[int, int, int] | None = None


def stage(fresh: Iterable[Fresh], place: Place, *, anew: bool = False) -> Iterator[Staged]:
    """Put aside every file whose bytes are not there yet; with `anew`, all of them.

    OSError when there is no room or no right.
    """
    files, folders = f"{place.aside}{os.sep}{_FILES}", f"{place.aside}{os.sep}{_FOLDERS}"
    os.makedirs(files)
    there = _Folders(str(place.into))
    for one in fresh:
        name = one.planned.output
        staged = note(one)
        if anew or staged.digest != one.planned.digest or not _stands(place.into / name, one):
            inside = os.path.dirname(name)
            if there.exists(inside):
                waiting = f"{files}{os.sep}{one.planned.id}"
            else:
                _make_folder(f"{folders}{os.sep}{inside}")
                waiting = f"{folders}{os.sep}{name}"
            staged = replace(staged, written=_write(waiting, one.data))
        yield staged


def note(one: Fresh) -> Staged:
    """A file that was made, as if it stood in its place already."""
    planned = one.planned
    return Staged(
        planned.id, planned.output, planned.kind, one.text, one.ties, one.reasons, digest(one.data)
    )


def publish(staged: Iterable[Staged], place: Place) -> None:
    """Move what waits into its place: assets first, because the new pages need them."""
    folders = place.aside / _FOLDERS
    place.into.parent.mkdir(parents=True, exist_ok=True)
    if place.into.exists() and (folders / "assets").is_dir():
        _move(folders / "assets", place.into / "assets")
    for one in sorted((one for one in staged if one.written), key=_assets_first):
        # What is not among the files waits in a folder.
        with suppress(FileNotFoundError):
            os.replace(f"{place.aside}{os.sep}{_FILES}{os.sep}{one.id}", place.into / one.output)
    if folders.is_dir():
        _move(folders, place.into)
    discard(place)


def sign(
    staged: Iterable[Staged], place: Place | None, common: Mapping[str, Digest], now: int
) -> Iterator[Made]:
    """What the ledger should know of the files; `now` is the file system's time."""
    for one in staged:
        proof = b""
        if place:
            stat = os.stat(f"{place.into}{os.sep}{one.output}")
            ours = one.written in (None, (stat.st_ino, stat.st_size, stat.st_mtime_ns))
            proof = signature(stat) if ours and settled(stat, now) else b""
        yield Made(one.id, common[one.kind], one.text, one.digest, proof, one.ties, one.reasons)


def remove(outputs: Iterable[str], into: Path) -> int:
    """Take away files that are ours and no longer planned; say how many were there."""
    removed = 0
    for output in outputs:
        path = into / output
        if path.is_file() or path.is_symlink():
            path.unlink()
            removed += 1
        _remove_empty(path.parent, into)
    return removed


def discard(place: Place) -> None:
    """Take away what was put aside and not published."""
    if place.aside.is_dir():
        shutil.rmtree(place.aside)


def _assets_first(one: Staged) -> bool:
    return one.kind != "asset"


def _stands(path: Path, one: Fresh) -> bool:
    """Whether the file holds the bytes already."""
    try:
        if signature(os.stat(path)) == one.planned.signature:
            return True
        with open(path, "rb") as file:
            return file.read() == one.data
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


def _make_folder(folder: str) -> None:
    try:
        os.mkdir(folder)
    except FileExistsError:
        return
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)


def _write(path: str, data: bytes) -> tuple[int, int, int]:
    """Write one file; give its inode, size and modification time."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(file, rest) :]
        stat = os.fstat(file)
    finally:
        os.close(file)
    return stat.st_ino, stat.st_size, stat.st_mtime_ns


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
