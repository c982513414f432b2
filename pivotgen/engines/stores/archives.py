"""Archives: many small files, or many second names of files, as one stream of bytes for tar."""

from __future__ import annotations

import tarfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from uuid import uuid4

from pivotgen.engines.stores.folder import WAITING_FOLDER

_MODE = 0o644


def new_folder() -> str:
    """The path of a folder that nothing else uses."""
    return f"{WAITING_FOLDER}/{uuid4().hex}"


def archive_of_files(folder: str, files: Mapping[str, bytes]) -> bytes:
    """An archive with these files by their names, all in one folder."""
    buffer = BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.GNU_FORMAT) as archive:
        for name, data in files.items():
            entry = tarfile.TarInfo(f"{folder}/{name}")
            entry.size, entry.mode = len(data), _MODE
            archive.addfile(entry, BytesIO(data))
    return buffer.getvalue()


def archive_of_names(folder: str, sources: Sequence[str]) -> bytes:
    """An archive with a second name of each file: its number, in one folder."""
    buffer = BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.GNU_FORMAT) as archive:
        for number, source in enumerate(sources):
            entry = tarfile.TarInfo(f"{folder}/{number}")
            entry.type, entry.linkname, entry.mode = tarfile.LNKTYPE, source, _MODE
            archive.addfile(entry)
    return buffer.getvalue()
