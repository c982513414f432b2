"""Write: files to public/, in two steps, so that readers see the old site or the new one.

`stage` puts the bytes of every changed file into a folder of its own inside public/; nothing that
a reader sees is touched. `publish` then renames all of them into place, which needs no room on
the disk and takes an instant each. Every file is whole at every instant, and files that the
ledger does not know are a stranger's and are left alone.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pivotgen.memory.fingerprint import digest
from pivotgen.memory.pages import Made
from pivotgen.memory.signature import settled, signature
from pivotgen.model.source import Digest
from pivotgen.stages.make import Fresh

# The folder inside public/ that holds what is not published yet.
_UNFINISHED = ".pivotgen-unfinished"


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
    written: tuple[int, int, int] | None


def stage(fresh: Iterable[Fresh], into: Path | None, *, anew: bool = False) -> Iterator[Staged]:
    """Put aside every file whose bytes are not there yet; with `anew`, all of them.

    Folders that publishing will need are made now. OSError when there is no room or no right.
    Without `into`, nothing is put anywhere.
    """
    aside = f"{into}{os.sep}{_UNFINISHED}"
    discard(into)
    for one in fresh:
        name, known = one.planned.output, digest(one.data)
        written = None
        place = f"{into}{os.sep}{name}"
        if into and (anew or known != one.planned.digest or not _stands(place, one)):
            _make_folder(os.path.dirname(place))
            written = _write(aside, str(one.planned.id), one.data)
        yield Staged(
            one.planned.id, name, one.planned.kind, one.text, one.ties, one.reasons, known, written
        )


def publish(staged: Iterable[Staged], into: Path | None) -> None:
    """Move what waits into its place: assets first, because the new pages need them."""
    waiting = sorted((one for one in staged if one.written), key=_assets_first)
    for one in waiting:
        os.replace(f"{into}/{_UNFINISHED}/{one.id}", f"{into}/{one.output}")
    discard(into)


def sign(
    staged: Iterable[Staged], into: Path | None, common: Mapping[str, Digest], now: int
) -> Iterator[Made]:
    """What the ledger should know of the published files; `now` is the file system's time."""
    for one in staged:
        proof = b""
        if into:
            stat = os.stat(into / one.output)
            ours = one.written in (None, (stat.st_ino, stat.st_size, stat.st_mtime_ns))
            proof = signature(stat) if ours and settled(stat, now) else b""
        yield Made(one.id, common[one.kind], one.text, one.digest, proof, one.ties, one.reasons)


def remove(outputs: Iterable[str], into: Path | None) -> int:
    """Take away files that are ours and no longer planned; say how many were there."""
    removed = 0
    if into is None:
        return removed
    for output in outputs:
        path = into / output
        if path.is_file() or path.is_symlink():
            path.unlink()
            removed += 1
        _remove_empty(path.parent, into)
    return removed


def withdraw(staged: Iterable[Staged], into: Path | None) -> None:
    """Leave public/ as it was before `stage`."""
    if into is None:
        return
    discard(into)
    for one in staged:
        if one.written:
            _remove_empty((into / one.output).parent, into)
    with suppress(OSError):
        into.rmdir()


def discard(into: Path | None) -> None:
    """Take away what an unfinished build put aside."""
    if into and (aside := into / _UNFINISHED).is_dir():
        shutil.rmtree(aside)


def _assets_first(one: Staged) -> bool:
    return one.kind != "asset"


def _stands(path: str, one: Fresh) -> bool:
    """Whether the file holds the bytes already."""
    try:
        if signature(os.stat(path)) == one.planned.signature:
            return True
        with open(path, "rb") as file:
            return file.read() == one.data
    except OSError:
        return False


def _make_folder(folder: str) -> None:
    try:
        os.mkdir(folder)
    except FileExistsError:
        return
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)


def _write(folder: str, name: str, data: bytes) -> tuple[int, int, int]:
    """Write one file; give its inode, size and modification time."""
    how = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    try:
        file = os.open(f"{folder}{os.sep}{name}", how, 0o666)
    except FileNotFoundError:
        os.makedirs(folder)
        file = os.open(f"{folder}{os.sep}{name}", how, 0o666)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(file, rest) :]
        stat = os.fstat(file)
    finally:
        os.close(file)
    return stat.st_ino, stat.st_size, stat.st_mtime_ns


def _remove_empty(folder: Path, root: Path) -> None:
    while folder != root and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
