"""Workspace: what an editor can ask about a site, independent of any protocol.

Lines and columns count from 1, and a column is a character, as in a Problem.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple, Protocol

from pivotgen.model.edit import Change
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.problem import Problem

_LINE_END = re.compile(r"\r\n|\r|\n")


def lines_of(text: str) -> list[str]:
    """Return the lines of a text without their ends, at least one. Every place counts so."""
    return _LINE_END.split(text)


class Position(NamedTuple):
    """A place in a file, where the cursor of the editor stands."""

    path: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class LineRange:
    """A part of one line of a file; `end` is the column just after its last character."""

    path: str
    line: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Completion:
    """A text that an editor offers while a writer types."""

    # "key", "choice", "role", "skill", "author", "file" or "part" (of a linked file).
    kind: str
    label: str
    # What is inserted, and what it replaces.
    text: str
    range: LineRange
    # A few words beside the label.
    detail: str = ""
    # An explanation in Markdown.
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class Hover:
    """An explanation of a part of a file, in Markdown."""

    text: str
    range: LineRange


@dataclass(frozen=True, slots=True)
class RenameTarget:
    """A name that can be changed everywhere."""

    # "role" or "skill".
    kind: str
    name: str
    range: LineRange


class RenameResult(Protocol):
    """The changes of a renaming, or the problems that prevent it."""

    @property
    def changes(self) -> tuple[Change, ...]: ...
    @property
    def problems(self) -> tuple[Problem, ...]: ...
    @property
    def file(self) -> str:
        """The new path of a renamed role's file, or ""."""


class WorkspaceApi(Protocol):
    """A site with open files, as an editor sees it; `commands/workspace.py` implements it."""

    site: Path

    def set_text(self, path: str, text: str | None) -> None: ...
    def text(self, path: str) -> str: ...
    def problems_of(self, path: str) -> list[Problem]: ...
    def check(self) -> list[Problem]: ...
    def completions(self, position: Position) -> list[Completion]: ...
    def hover(self, position: Position) -> Hover | None: ...
    def definition(self, position: Position) -> LineRange | None: ...
    def rename_target(self, position: Position) -> RenameTarget | None: ...
    def rename(self, position: Position, new: str) -> RenameResult: ...
