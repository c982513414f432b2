"""Git: which commit a folder is at, and which of two commits is the later one."""

from __future__ import annotations

import subprocess
from pathlib import Path

from pivotgen.model.release import Commit

# Seconds after which git counts as one that does not answer.
_LIMIT = 20


def commit_of(folder: Path) -> Commit | None:
    """The commit that a folder is at; None outside of git, or where git is not there."""
    output = _git(folder, "log", "-1", "--format=%H %ct")
    number, _, seconds = (output or "").strip().partition(" ")
    return Commit(number, int(seconds)) if seconds.isdigit() else None


def is_older(folder: Path, commit: Commit, other: Commit) -> bool:
    """Whether a commit is older than another one: by their history, or else by their times.

    Whoever builds often has only the last commit, so the other one may not be there.
    """
    if commit.id == other.id or _is_ancestor(folder, other.id, commit.id):
        return False
    return _is_ancestor(folder, commit.id, other.id) or commit.seconds < other.seconds


def _is_ancestor(folder: Path, earlier: str, later: str) -> bool:
    return _git(folder, "merge-base", "--is-ancestor", earlier, later) is not None


def _git(folder: Path, *words: str) -> str | None:
    """What git says; None where it fails."""
    try:
        result = subprocess.run(
            ["git", "-C", str(folder), "--no-optional-locks", *words],
            capture_output=True,
            text=True,
            timeout=_LIMIT,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return result.stdout if result.returncode == 0 else None
