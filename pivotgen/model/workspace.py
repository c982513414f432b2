"""What an editor asks and is told about a site, in the words of no particular protocol.

Lines and columns count from 1, in characters, as those of a Problem do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from pivotgen.model.edit import Change
from pivotgen.model.problem import Problem

_LINE_END = re.compile(r"\r\n|\r|\n")


def lines_of(text: str) -> list[str]:
    """The lines of a text as every place counts them, without their ends; at least one."""
    return _LINE_END.split(text)


@dataclass(frozen=True, slots=True)
class Spot:
    """A stretch of one line of a file; `end` is just after its last character."""

    path: str
    line: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something to put in the place of what is being typed."""

    # "key", "role", "skill", "file" or "part".
    kind: str
    label: str
    # What is put there, at which stretch.
    text: str
    spot: Spot
    # A few words beside it, and Markdown that explains it.
    detail: str = ""
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class Hover:
    """What is to be said about a stretch of a file, as Markdown."""

    text: str
    spot: Spot


@dataclass(slots=True)
class Catalogue:
    """The names of a site, as the last check of all of it found them."""

    # How many pivots leave and reach each role, by the role's name.
    out: dict[str, int] = field(default_factory=dict)
    into: dict[str, int] = field(default_factory=dict)
    # How many pivots name each skill.
    skills: dict[str, int] = field(default_factory=dict)
    # File and description of each role that has one, by the role's name.
    described: dict[str, tuple[str, str]] = field(default_factory=dict)
    # The title of each pivot, by its file.
    titles: dict[str, str] = field(default_factory=dict)
    # What a `#fragment` of a link may name, by the file that it leads to.
    anchors: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def roles(self) -> list[str]:
        """Every role, in alphabetical order."""
        return sorted({*self.out, *self.into, *self.described})


class Renamed(Protocol):
    """What comes of a renaming."""

    @property
    def changes(self) -> tuple[Change, ...]: ...
    @property
    def problems(self) -> tuple[Problem, ...]: ...
    @property
    def file(self) -> str: ...


class Desk(Protocol):
    """What an editor may ask of a site whose files it has open; `commands/desk.py` answers."""

    site: Path

    def lay(self, path: str, text: str | None) -> None: ...
    def text(self, path: str) -> str: ...
    def look(self, path: str) -> list[Problem]: ...
    def check(self) -> list[Problem]: ...
    def suggest(self, path: str, line: int, column: int) -> list[Suggestion]: ...
    def explain(self, path: str, line: int, column: int) -> Hover | None: ...
    def define(self, path: str, line: int, column: int) -> Spot | None: ...
    def named(self, path: str, line: int, column: int) -> tuple[str, str, Spot] | None: ...
    def rename(self, path: str, line: int, column: int, new: str) -> Renamed: ...
