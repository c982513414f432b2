"""Folder: a folder of this machine as a store of objects.

Readers see `public/` in it; what is not for them stands beside that, in `.pivotgen/`. A copy is a
second name of the same file, so it takes no room, and it replaces what is there at once.
"""

from __future__ import annotations

import errno
import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from stat import S_ISREG
from uuid import uuid4

from pivotgen.disk.open_folders import OpenFolders, suppress_no_folder, write_file
from pivotgen.model.deploying import ChangedError, DeployError, Stored
from pivotgen.model.release import CLOCK, PRIVATE, STATE, WAITING, Attributes
from pivotgen.model.targets import Folder

PUBLIC_FOLDER, PRIVATE_FOLDER = "public", ".pivotgen"
# Where files are written that are no objects yet.
WAITING_FOLDER = f"{PRIVATE_FOLDER}/{WAITING.removeprefix(PRIVATE).rstrip('/')}"
_NO_LINKS = (errno.EPERM, errno.EXDEV, errno.EOPNOTSUPP, errno.EMLINK)
_PART = 1 << 20


class FolderStore:
    """A folder; several threads may use it."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._lock = threading.Lock()
        self._folders: OpenFolders | None = None

    @property
    def redirects(self) -> bool:
        return False

    def get(self, key: str) -> Stored | None:
        if not self._root.is_dir():
            return None
        with self._open() as folders:
            if key == STATE:
                return _state(folders)
            data = _read(folders, place_of(key))
            return None if data is None else Stored(*data)

    def put(self, key: str, body: bytes | Path, attributes: Attributes) -> None:
        with self._open() as folders:
            waiting = _write_aside(folders, body)
            _move(folders, waiting, place_of(key))

    def put_if(self, key: str, data: bytes, tag: str) -> str:
        """Only for the state: each is a file of its own, numbered, and the last one counts."""
        number = int(tag or 0) + 1
        with self._open() as folders:
            if not tag and _numbers(folders):
                raise ChangedError
            waiting = _write_aside(folders, data)
            place = f"{place_of(STATE)}/{number}"
            try:
                _link(folders, waiting, place)
            except (FileExistsError, FileNotFoundError):
                # Either that number is taken, or whoever has the target cleaned up what waits.
                raise ChangedError from None
            finally:
                _unlink(folders, waiting)
            numbers = _numbers(folders)
            if max(numbers, default=0) != number:
                # That number had been used, and was cleaned up.
                _unlink(folders, place)
                raise ChangedError
            for old in numbers:
                if old < number:
                    _unlink(folders, f"{place_of(STATE)}/{old}")
        return str(number)

    def copy(self, source: str, key: str) -> None:
        with self._open() as folders:
            waiting = f"{WAITING_FOLDER}/{uuid4().hex}"
            try:
                _link(folders, place_of(source), waiting)
            except OSError as error:
                if error.errno not in _NO_LINKS:
                    raise
                data = _read(folders, place_of(source))
                if data is None:
                    raise DeployError(f"{source} is not there any more") from None
                waiting = _write_aside(folders, data[0])
            _move(folders, waiting, place_of(key))

    def delete(self, keys: Sequence[str]) -> None:
        with self._open() as folders:
            for key in keys:
                # Others may be about to write where files wait, so that folder stays.
                is_waiting = key.startswith(WAITING)
                (folders.unlink if is_waiting else folders.remove)(place_of(key))

    def list(self) -> Iterator[tuple[str, int]]:
        for folder, prefix in ((PUBLIC_FOLDER, ""), (PRIVATE_FOLDER, PRIVATE)):
            root = self._root / folder
            for above, folders, names in os.walk(root):
                inner = Path(above).relative_to(root)
                # A link to a folder is somebody's file, whatever is behind it.
                links = [name for name in folders if os.path.islink(os.path.join(above, name))]
                for name in [*names, *links]:
                    key = f"{prefix}{(inner / name).as_posix()}"
                    with suppress(FileNotFoundError):
                        yield key, os.lstat(os.path.join(above, name)).st_size

    def now(self) -> datetime:
        # Written in place, because whoever has the target may clean up what waits.
        folder, _, name = place_of(CLOCK).rpartition("/")
        with self._open() as folders:
            stat = write_file(name, b"\n", folders.at(folder, create=True))
        return datetime.fromtimestamp(stat.st_mtime, UTC)

    @contextmanager
    def _open(self) -> Iterator[OpenFolders]:
        """The open folder, for one thread at a time. DeployError."""
        with self._lock:
            try:
                if self._folders is None:
                    self._root.mkdir(parents=True, exist_ok=True)
                    self._folders = OpenFolders(os.path.realpath(self._root))
                yield self._folders
            except FileExistsError:
                raise
            except OSError as error:
                name = error.filename or self._root
                raise DeployError(
                    f"{name} in {self._root} cannot be used: {error.strerror or error}",
                    "see that the folder is yours to write, and that nothing in it is a link",
                ) from None


def open_folder(target: Folder, site: Path) -> FolderStore:
    """The folder of a target; a path that is not absolute is relative to the site. DeployError."""
    root = site / Path(target.path).expanduser()
    if site.resolve().is_relative_to(root.resolve()):
        raise DeployError(f"{root} holds the site itself", "name a folder for the deployed files")
    return FolderStore(root)


def place_of(key: str) -> str:
    """The path of an object in the folder."""
    if key.startswith(PRIVATE):
        return f"{PRIVATE_FOLDER}/{key.removeprefix(PRIVATE)}"
    return f"{PUBLIC_FOLDER}/{key}"


def _state(folders: OpenFolders) -> Stored | None:
    # Another deploy may replace it between these two looks.
    while numbers := _numbers(folders):
        number = max(numbers)
        if data := _read(folders, f"{place_of(STATE)}/{number}"):
            return Stored(data[0], str(number), data[2])
    return None


def _numbers(folders: OpenFolders) -> list[int]:
    """The numbers of the states that are there."""
    with suppress_no_folder():
        names = os.listdir(folders.at(place_of(STATE)))
        return [int(name) for name in names if name.isdigit()]
    return []


def _read(folders: OpenFolders, place: str) -> tuple[bytes, str, datetime] | None:
    """Bytes, tag and time of a file; None where there is none."""
    folder, _, name = place.rpartition("/")
    with suppress_no_folder():
        above = folders.at(folder)
        with open(name, "rb", opener=lambda path, flags: _opened(path, flags, above)) as file:
            stat = os.fstat(file.fileno())
            if not S_ISREG(stat.st_mode):
                return None
            return file.read(), "", datetime.fromtimestamp(stat.st_mtime, UTC)
    return None


def _opened(path: str, flags: int, above: int) -> int:
    return os.open(path, flags | os.O_NOFOLLOW, dir_fd=above)


def _write_aside(folders: OpenFolders, body: bytes | Path) -> str:
    """A new file with these bytes that nobody sees yet; its path is returned."""
    above = folders.at(WAITING_FOLDER, create=True)
    name = uuid4().hex
    if isinstance(body, bytes):
        write_file(name, body, above)
    else:
        target = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666, dir_fd=above)
        with open(body, "rb") as source, open(target, "wb") as file:
            while part := source.read(_PART):
                file.write(part)
    return f"{WAITING_FOLDER}/{name}"


def _link(folders: OpenFolders, source: str, place: str) -> None:
    """Give a file a second name. FileExistsError when that is taken."""
    folder, _, name = source.rpartition("/")
    # The folder of the source stays open beside that of the place.
    here = os.dup(folders.at(folder))
    try:
        above, _, other = place.rpartition("/")
        there = folders.at(above, create=True)
        os.link(name, other, src_dir_fd=here, dst_dir_fd=there, follow_symlinks=False)
    finally:
        os.close(here)


def _move(folders: OpenFolders, source: str, place: str) -> None:
    """Move a file to a place, whatever file is there."""
    folder, _, name = source.rpartition("/")
    here = os.dup(folders.at(folder))
    try:
        above, _, other = place.rpartition("/")
        os.replace(name, other, src_dir_fd=here, dst_dir_fd=folders.at(above, create=True))
    finally:
        os.close(here)
    # Two names of one file are not replaced by each other.
    _unlink(folders, source)


def _unlink(folders: OpenFolders, place: str) -> None:
    """Remove a file, and leave its folder, in which another process may be about to write."""
    folder, _, name = place.rpartition("/")
    with suppress(FileNotFoundError):
        os.unlink(name, dir_fd=folders.at(folder))
