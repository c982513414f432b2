"""Open folders: files are reached from a folder that is open, a part of a path at a time.

No part may be a link, also one that somebody places there meanwhile. It costs less than to name a
file by its whole path each time, because the folders of the last path stay open.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from stat import S_ISDIR

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
# Errors of a path that has a link or a file where it should have a folder, or nothing.
_NO_FOLDER = (errno.ENOENT, errno.ENOTDIR, errno.ELOOP)


class OpenFolders:
    """The folders below one root. Close it when it is not needed any more."""

    def __init__(self, root: str, above: int | None = None) -> None:
        """`above` is an open folder that `root` is relative to. OSError when root is no folder, or
        a link to one."""
        self._open: list[tuple[str, int]] = []
        self._root = os.open(root, _FOLDER, dir_fd=above)

    def __enter__(self) -> OpenFolders:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __del__(self) -> None:
        if hasattr(self, "_root"):
            self.close()

    def close(self) -> None:
        """Close every folder."""
        self._leave(0)
        if self._root >= 0:
            os.close(self._root)
            self._root = -1

    def at(self, folder: str, *, create: bool = False) -> int:
        """The open folder of this path, such as "a/b" or "". It stays open until the next call.

        OSError when a part of the path is no folder, or a link.
        """
        names = folder.split("/") if folder else []
        depth = 0
        for (name, _), wanted in zip(self._open, names, strict=False):
            if name != wanted:
                break
            depth += 1
        self._leave(depth)
        for name in names[depth:]:
            above = self._open[-1][1] if self._open else self._root
            depth += 1
            if create and depth == len(names):
                # The last folder is most often a new one.
                with suppress(FileExistsError):
                    os.mkdir(name, dir_fd=above)
            self._open.append((name, _opened(name, above, create=create)))
        return self._open[-1][1] if self._open else self._root

    def remove(self, path: str) -> bool:
        """Delete a file or a link, and the folders of its path that are empty then.

        Nothing is deleted behind a link. Whether there was such a file is returned.
        """
        was_there = self.unlink(path)
        folder = path.rpartition("/")[0]
        while folder:
            folder, _, name = folder.rpartition("/")
            with suppress_no_folder():
                above = self.at(folder)
                try:
                    os.rmdir(name, dir_fd=above)
                except OSError as error:
                    if error.errno not in _NO_FOLDER:
                        # Somebody's file is in it.
                        break
        return was_there

    def unlink(self, path: str) -> bool:
        """Delete a file or a link, and nothing behind a link. Whether it was there is returned."""
        folder, _, name = path.rpartition("/")
        with suppress_no_folder():
            above = self.at(folder)
            if not S_ISDIR(os.lstat(name, dir_fd=above).st_mode):
                os.unlink(name, dir_fd=above)
                return True
        return False

    def _leave(self, depth: int) -> None:
        while len(self._open) > depth:
            os.close(self._open.pop()[1])


def write_file(name: str, data: bytes, above: int, *, mode: int = 0o666) -> os.stat_result:
    """Write a file in an open folder, and return what the file system says of it.

    OSError when there is a link of that name.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC
    file = os.open(name, flags, mode, dir_fd=above)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(file, rest) :]
        return os.fstat(file)
    finally:
        os.close(file)


def move_into(name: str, source: int, target: int) -> None:
    """Move a file or a folder from one open folder to another.

    A folder that is there gets what is in the moved one. A link of that name is replaced.
    """
    if not (_is_folder(name, source) and _is_folder(name, target)):
        os.replace(name, name, src_dir_fd=source, dst_dir_fd=target)
        return
    with OpenFolders(name, source) as moved, OpenFolders(name, target) as place:
        for entry in sorted(os.listdir(moved.at(""))):
            move_into(entry, moved.at(""), place.at(""))


@contextmanager
def suppress_no_folder() -> Iterator[None]:
    """Pass over a path that is not there, or that leads through a link or a file."""
    try:
        yield
    except OSError as error:
        if error.errno not in _NO_FOLDER:
            raise


def _is_folder(name: str, above: int) -> bool:
    with suppress(FileNotFoundError):
        return S_ISDIR(os.lstat(name, dir_fd=above).st_mode)
    return False


def _opened(name: str, above: int, *, create: bool) -> int:
    try:
        return os.open(name, _FOLDER, dir_fd=above)
    except FileNotFoundError:
        if not create:
            raise
    with suppress(FileExistsError):
        os.mkdir(name, dir_fd=above)
    return os.open(name, _FOLDER, dir_fd=above)
