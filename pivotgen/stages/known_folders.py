"""Known folders: which folders of public/ exist, asked of the file system once for each."""

from __future__ import annotations

import os


class KnownFolders:
    """The folders below one root, by their paths relative to it."""

    def __init__(self, root: str) -> None:
        self._root = root
        self._known: dict[str, bool] = {}

    def exists(self, folder: str) -> bool:
        """Whether there is such a folder; a link to a folder is none, because it may lead out."""
        if folder not in self._known:
            # A folder inside one that is not there is not there either.
            above = os.path.dirname(folder)
            above_exists = folder == "" or self.exists(above)
            path = f"{self._root}{os.sep}{folder}"
            self._known[folder] = above_exists and os.path.isdir(path) and not os.path.islink(path)
        return self._known[folder]
