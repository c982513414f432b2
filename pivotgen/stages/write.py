"""Write: files that wait to public/, so that readers see the old site or the new one.

`stages/stage.py` has put the bytes of every changed file aside, and nothing that a reader sees was
touched. `publish` renames all of them into place, which needs no room on the disk and takes an
instant each; folders that are not there yet move as they are, with all that is in them. Every file
is whole at every instant, and files that the ledger does not know are a stranger's and are left
alone.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from pivotgen.memory.pages import Made
from pivotgen.memory.signature import settled, signature
from pivotgen.model.setting import Place
from pivotgen.model.source import Digest
from pivotgen.stages.stage import FILES, FOLDERS, Staged

# The folder that holds what is not published yet.
_UNFINISHED = ".pivotgen-unfinished"


def place(into: Path, memory: Path, *, anew: bool = False) -> Place:
    """A new empty folder beside the ledger for files that wait; on another file system, from where
    renaming would copy them, in public/ itself. What an earlier build left there goes.

    With `anew` every file is to be written, also one that is right. OSError when there is no right.
    """
    root = next(folder for folder in (into, *into.parents) if folder.exists())
    unfinished = (memory if memory.stat().st_dev == root.stat().st_dev else into) / _UNFINISHED
    _discard(unfinished)
    unfinished.mkdir(parents=True)
    # A name of its own: a worker of a killed build may write one more file before it ends.
    aside = tempfile.mkdtemp(dir=unfinished)
    os.mkdir(f"{aside}{os.sep}{FILES}")
    return Place(str(into), aside, anew)


def publish(staged: Iterable[Staged], place: Place) -> None:
    """Move what waits into its place: assets first, because the new pages need them."""
    into, folders = Path(place.into), Path(place.aside, FOLDERS)
    into.parent.mkdir(parents=True, exist_ok=True)
    if into.exists() and (folders / "assets").is_dir():
        _move(folders / "assets", into / "assets")
    files = f"{place.aside}{os.sep}{FILES}{os.sep}"
    waiting = frozenset(os.listdir(files))
    # What is not among the files waits in a folder.
    for one in sorted((one for one in staged if str(one.id) in waiting), key=_assets_first):
        os.replace(f"{files}{one.id}", into / one.output)
    if folders.is_dir():
        _move(folders, into)
    discard(place)


def sign(
    staged: Iterable[Staged],
    reasons: Iterable[bytes],
    place: Place | None,
    common: Mapping[str, Digest],
    now: int,
) -> Iterator[Made]:
    """What the ledger should know of the files, each with the reasons that it was made for; `now`
    is the file system's time."""
    for one, why in zip(staged, reasons, strict=True):
        proof = b""
        if place:
            stat = os.stat(f"{place.into}{os.sep}{one.output}")
            ours = one.written in (None, (stat.st_ino, stat.st_size, stat.st_mtime_ns))
            proof = signature(stat) if ours and settled(stat, now) else b""
        yield Made(one.id, common[one.kind], one.text, one.digest, proof, one.ties, why)


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


def discard(place: Place | None) -> None:
    """Take away what was put aside and not published."""
    if place:
        _discard(Path(place.aside).parent)


def _discard(unfinished: Path) -> None:
    if unfinished.is_dir():
        shutil.rmtree(unfinished)


def _assets_first(one: Staged) -> bool:
    return one.kind != "asset"


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
