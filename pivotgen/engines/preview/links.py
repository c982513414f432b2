"""Links: the files and folders elsewhere that links in a site's folders lead to."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from pivotgen.model.source import is_hidden


@dataclass(slots=True)
class LinkTargets:
    """Where links lead."""

    # The path of each link to a file, relative to the site, by the real path of the file.
    files: dict[str, str] = field(default_factory=dict)
    # The real paths of the folders that are reached by links.
    folders: set[str] = field(default_factory=set)


def link_targets(site: Path, folders: Iterable[str]) -> LinkTargets:
    """The targets of the visible links in these folders, also of those in linked folders."""
    targets = LinkTargets()
    seen: set[str] = set()
    waiting = list(folders)
    while waiting:
        name = waiting.pop()
        # Links may lead in a circle.
        real = os.path.realpath(site / name)
        if real in seen:
            continue
        seen.add(real)
        try:
            entries = list(os.scandir(site / name))
        except OSError:
            continue
        for entry in entries:
            path = f"{name}/{entry.name}"
            if is_hidden(path):
                continue
            if entry.is_dir():
                waiting.append(path)
                if entry.is_symlink():
                    targets.folders.add(os.path.realpath(entry.path))
            elif entry.is_symlink():
                targets.files[os.path.realpath(entry.path)] = path
    return targets
