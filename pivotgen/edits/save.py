"""Save: writes changes to the sources of a site, so that each file is complete at every moment.

Every command that writes sources writes them here. A link is followed where the site's settings
allow it and nowhere else; then the real folders are opened one by one, and no link is followed that
somebody places there meanwhile.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from typing import NamedTuple

from pivotgen.disk.open_folders import OpenFolders, write_file
from pivotgen.disk.places import Places, is_below
from pivotgen.model.edit import Change
from pivotgen.model.outside import leads_outside
from pivotgen.model.problem import Problem

_UNFINISHED = ".pivotgen-unfinished"


class _Place(NamedTuple):
    """A file by its open folder and its name there."""

    folder: int
    name: str

    @property
    def unfinished(self) -> str:
        # `read` ignores this name, if the file is ever left behind.
        return f".{self.name}{_UNFINISHED}"


def save(places: Places, changes: Sequence[Change], *, with_folders: bool = False) -> list[Problem]:
    """Write the changes; return the problems of those that could not be written.

    Nothing is written when one of the files is not as its change expects it, or is really outside
    of the site. Folders that are missing are made `with_folders` alone.
    """
    problems = [problem for change in changes if (problem := _conflict(places, change))]
    if problems:
        return problems
    written: list[_Place] = []
    with ExitStack() as stack:
        try:
            for change in changes:
                if change.new is not None:
                    place = _opened(places, change.path, stack, with_folders=with_folders)
                    written.append(place)
                    _write(place, change.new)
            for place in written:
                ends = {"src_dir_fd": place.folder, "dst_dir_fd": place.folder}
                os.replace(place.unfinished, place.name, **ends)
            for change in changes:
                if change.new is None:
                    folder, _, name = change.path.rpartition("/")
                    place = _opened(places, f"{folder}/" if folder else "", stack)
                    os.unlink(name, dir_fd=place.folder)
        except OSError as error:
            message = f"cannot write this file: {error.strerror or error}"
            hint = "fix that and try again; every file that is there is whole"
            return [Problem.of_file(change.path, "cannot-write", message, hint)]
        finally:
            for place in written:
                with suppress(FileNotFoundError):
                    os.unlink(place.unfinished, dir_fd=place.folder)
    return []


def _opened(places: Places, path: str, stack: ExitStack, *, with_folders: bool = False) -> _Place:
    """The real place of a file, links followed; of a path with a slash at its end, the folder."""
    # A symbolic link stays a link: the file that it leads to is replaced.
    real = os.path.realpath(places.site / path)
    folder, name = (real, "") if path.endswith("/") or not path else os.path.split(real)
    root = next((root for root in places.roots() if is_below(folder, root)), folder)
    folders = stack.enter_context(OpenFolders(root))
    inside = os.path.relpath(folder, root)
    return _Place(folders.at("" if inside == "." else inside, create=with_folders), name)


def _write(place: _Place, data: bytes) -> None:
    with suppress(FileNotFoundError):
        os.unlink(place.unfinished, dir_fd=place.folder)
    write_file(place.unfinished, data, place.folder)
    with suppress(FileNotFoundError):
        # The mode of the old file stays.
        mode = stat.S_IMODE(os.lstat(place.name, dir_fd=place.folder).st_mode)
        os.chmod(place.unfinished, mode, dir_fd=place.folder)


def _conflict(places: Places, change: Change) -> Problem | None:
    """Return a problem when the file on disk is not the old file of the change."""
    if places.leads_out(change.path):
        return leads_outside(places.site, change.path)
    path = places.site / change.path
    current = path.read_bytes() if path.is_file() else None
    if current == change.old:
        return None
    return Problem.of_file(
        change.path,
        "changed-meanwhile",
        "this file was changed by somebody else while pivotgen was at work on it",
        "look at it and try again; nothing was written",
    )
