"""Staging folders: the open folders that files wait in, and which folders of public/ exist."""

from __future__ import annotations

import os

from pivotgen.disk.open_folders import OpenFolders
from pivotgen.model.render_context import StagingArea

# Inside the staging area: files whose folder exists in public/, by number, and beside them the
# folders that do not exist there.
FILES, FOLDERS = "files", "folders"


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
