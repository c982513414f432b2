"""Save: writes changes to the sources of a site, so that each file is complete at every moment."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from pivotgen.model.edit import Change
from pivotgen.model.problem import Problem

_UNFINISHED = ".pivotgen-unfinished"


def save(site: Path, changes: Sequence[Change]) -> list[Problem]:
    """Write the changes; return the problems of those that could not be written.

    Nothing is written when one of the files is not as its change expects it.
    """
    problems = [problem for change in changes if (problem := _conflict(site, change))]
    if problems:
        return problems
    new_files: list[tuple[Path, Path]] = []
    try:
        for change in changes:
            if change.new is not None:
                # A symbolic link stays a link: the file that it leads to is replaced.
                path = (site / change.path).resolve()
                # `read` ignores this name, if the file is ever left behind.
                temporary = path.with_name(f".{path.name}{_UNFINISHED}")
                new_files.append((temporary, path))
                temporary.write_bytes(change.new)
                if path.exists():
                    shutil.copymode(path, temporary)
        for temporary, path in new_files:
            os.replace(temporary, path)
        for change in changes:
            if change.new is None:
                (site / change.path).unlink()
    except OSError as error:
        message = f"cannot write this file: {error.strerror or error}"
        hint = "fix that and try again; every file that is there is whole"
        return [Problem(change.path, 1, 1, "cannot-write", message, hint)]
    finally:
        for temporary, _ in new_files:
            temporary.unlink(missing_ok=True)
    return []


def _conflict(site: Path, change: Change) -> Problem | None:
    """Return a problem when the file on disk is not the old file of the change."""
    path = site / change.path
    current = path.read_bytes() if path.is_file() else None
    if current == change.old:
        return None
    return Problem(
        change.path,
        1,
        1,
        "changed-meanwhile",
        "this file was changed by somebody else while pivotgen was at work on it",
        "look at it and try again; nothing was written",
    )
