"""Save: changes to the site's own sources, each file whole at every instant."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from pivotgen.model.edit import Change
from pivotgen.model.problem import Problem

_UNFINISHED = ".pivotgen-unfinished"


def save(site: Path, changes: Sequence[Change]) -> list[Problem]:
    """Write the changes; where one cannot be made, none is, and the problems say why."""
    problems = [problem for change in changes if (problem := _moved_on(site, change))]
    if problems:
        return problems
    ready: list[tuple[Path, Path]] = []
    try:
        for change in changes:
            if change.new is not None:
                # The file itself, so that a link to it stays a link.
                path = (site / change.path).resolve()
                # A name that `read` passes over, should it ever be left behind.
                aside = path.with_name(f".{path.name}{_UNFINISHED}")
                ready.append((aside, path))
                aside.write_bytes(change.new)
                if path.exists():
                    shutil.copymode(path, aside)
        for aside, path in ready:
            os.replace(aside, path)
        for change in changes:
            if change.new is None:
                (site / change.path).unlink()
    except OSError as error:
        hint = "mend that and try again; every file that is there is whole"
        said = f"cannot write this file: {error.strerror or error}"
        return [Problem(change.path, 1, 1, "cannot-write", said, hint)]
    finally:
        for aside, _ in ready:
            aside.unlink(missing_ok=True)
    return []


def _moved_on(site: Path, change: Change) -> Problem | None:
    path = site / change.path
    now = path.read_bytes() if path.is_file() else None
    if now == change.old:
        return None
    return Problem(
        change.path,
        1,
        1,
        "changed-meanwhile",
        "this file was changed by somebody else while pivotgen was at work on it",
        "look at it and try again; nothing was written",
    )
