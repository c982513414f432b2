"""Problems: what an author can fix, with the place and the way to fix it."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from pivotgen.model.edit import Edit
from pivotgen.model.lazy_dataclass import dataclass


class Level(StrEnum):
    """The severity of a problem: an error stops a build, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to fix. Problems sort by path and place, which is the order of a report."""

    # Path relative to the site's folder, with forward slashes on every system.
    path: str
    # Both count from 1. A column is a character, not a byte.
    line: int
    column: int
    # The kind of problem in kebab-case. It is stable, so that a reader can look it up.
    code: str
    # What is wrong, in plain words.
    message: str
    # How to fix it; empty when the message already says so.
    hint: str = ""
    level: Level = Level.ERROR
    # The edits that fix it, where only one fix is possible. Apply all of them or none.
    edits: tuple[Edit, ...] = ()

    @classmethod
    def of_file(
        cls, path: str, code: str, message: str, hint: str = "", level: Level = Level.ERROR
    ) -> Problem:
        """A problem of a whole file, or of what has no lines: told at its start."""
        return cls(path, 1, 1, code, message, hint, level)

    @property
    def full_message(self) -> str:
        """The message and the hint, on one line."""
        return f"{self.message}; {self.hint}" if self.hint else self.message


def any_errors(problems: Iterable[Problem]) -> bool:
    """Whether at least one of the problems must stop a build."""
    return any(problem.level is Level.ERROR for problem in problems)
