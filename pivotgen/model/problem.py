"""A problem: something an author can fix, with its place and the way to mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from pivotgen.model.edit import Edit


class Level(StrEnum):
    """How serious a problem is: an error stops a build, a warning never does."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to mend. Problems sort by place, so that a report reads from top to bottom."""

    # Path from the site's folder, with forward slashes on every system.
    path: str
    # Both count from 1; column counts characters, not bytes.
    line: int
    column: int
    # A short kebab-case word that names the kind of problem; stable, so that it can be looked up.
    code: str
    # What is wrong, in plain words.
    message: str
    # How to mend it; empty when the message already says so.
    hint: str = ""
    level: Level = Level.ERROR
    # What mends it, where only one thing can; all of them, or none, are to be applied.
    edits: tuple[Edit, ...] = ()


def any_errors(problems: Iterable[Problem]) -> bool:
    """Whether at least one of the problems must stop a build."""
    return any(problem.level is Level.ERROR for problem in problems)
