"""Staging folders: the open folders that files wait in, and which folders of public/ exist."""

from __future__ import annotations

import os

from pivotgen.disk.open_folders import OpenFolders, write_file
from pivotgen.model.render_context import StagingArea

# Inside the staging area: files whose folder exists in public/, by number, and beside them the
# folders that do not exist there.
FILES, FOLDERS = "files", "folders"


# Inode, size and modification time of a file.
FileStat = tuple[int, int, int]


class StagingFolders:
    """What a process knows of one staging area and of the folder that is built into."""

    def __init__(self, staging: StagingArea) -> None:
        self.waiting = OpenFolders(staging.folder)
        self._root = staging.into
        self._known: dict[str, bool] = {}

    def exists(self, folder: str) -> bool:
        """Whether there is such a folder in public/, which is asked of the file system once.

        A link to a folder is none, because it may lead out.
        """
        if folder not in self._known:
            # A folder inside one that is not there is not there either.
            above = os.path.dirname(folder)
            above_exists = folder == "" or self.exists(above)
            path = f"{self._root}{os.sep}{folder}"
            self._known[folder] = above_exists and os.path.isdir(path) and not os.path.islink(path)
        return self._known[folder]

    def write(self, output: str, number: int, data: bytes, ending: str = "") -> FileStat:
        """Let the bytes of a file wait, or those of its copy with this ending.

        OSError when there is no room, or no right to write.
        """
        folder, _, name = output.rpartition("/")
        if self.exists(folder):
            stat = write_file(f"{number}{ending}", data, self.waiting.at(FILES))
        else:
            inside = f"{FOLDERS}/{folder}" if folder else FOLDERS
            stat = write_file(f"{name}{ending}", data, self.waiting.at(inside, create=True))
        return stat.st_ino, stat.st_size, stat.st_mtime_ns
