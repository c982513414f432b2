"""Faults: a wrong place of a header, and the lines to go on with as if it were right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

import yaml

from pivotgen.engines.header.header_lines import header_line, line_edits
from pivotgen.engines.header.yaml_nodes import FIRST_LINE, compose
from pivotgen.engines.yaml_messages import PlainWords, mark_of
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.problem import Problem

# A line and a column of a header; both count from 0.
Place = tuple[int, int]
# A writer with more mistakes fixes some and asks again.
_MAX_TRIALS = 100


@dataclass(frozen=True, slots=True)
class Fault:
    """A problem with YAML, and what takes the place of the lines that it spoils."""

    problem: Problem
    # By number, from 0.
    stand_ins: dict[int, str]

    def without_edits(self) -> Fault:
        """Return the fault without a fix, because only the author can decide."""
        return Fault(replace(self.problem, edits=()), self.stand_ins)


@dataclass
class Reading:
    """A header that is being read: the path of its file, and its text."""

    path: str
    text: str
    # How many fixes were tried.
    trials: int = 0

    # Of most headers nobody asks for a line.
    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text."""
        return self.text.split("\n")

    def fault(
        self,
        at: tuple[int, int],
        words: PlainWords,
        fixed: dict[int, str],
        code: str = "yaml-syntax",
    ) -> Fault:
        """Return the fault at a line and a column, which count from 0.

        `fixed` are the corrected lines. They become the edits of the problem when YAML gets
        beyond them. Otherwise the line loses its value.
        """
        if fixed and self.gets_beyond(fixed):
            return self.certain(at, words, fixed, code)
        line = at[0]
        return self.certain(at, words, {line: self.without_value(line)}, code).without_edits()

    def certain(
        self,
        at: tuple[int, int],
        words: PlainWords,
        fixed: dict[int, str],
        code: str = "yaml-syntax",
    ) -> Fault:
        """Return the same for lines that are right in any case."""
        place = at[0] + FIRST_LINE, at[1] + 1
        edits = tuple(line_edits(self.path, self.lines, fixed))
        return Fault(Problem(self.path, *place, code, *words, edits=edits), fixed)

    def without_value(self, line: int) -> str:
        """Return a line with a letter for its value; "" for a line without a key and a dash."""
        parts = header_line(self.lines[line])
        new = f"{self.lines[line][: parts.value_column]}x"
        return new if parts.starts_value and new != self.lines[line] else ""

    def with_lines(self, new: dict[int, str]) -> list[str]:
        """Return the lines, some of them replaced."""
        return [new.get(number, line) for number, line in enumerate(self.lines)]

    def gets_beyond(self, fixed: dict[int, str]) -> bool:
        """Whether YAML reads further than the lines in `fixed`, once these are in place.

        After many trials the answer is no, because each one reads the whole header.
        """
        self.trials += 1
        if self.trials > _MAX_TRIALS:
            return False
        error = error_of(self.with_lines(fixed))
        mark = mark_of(error) if error else None
        return error is None or (mark is not None and mark.line > max(fixed))


def error_of(lines: Sequence[str]) -> yaml.MarkedYAMLError | None:
    """Return why YAML cannot read the lines, or None."""
    try:
        compose("\n".join(lines))
    except yaml.MarkedYAMLError as error:
        return error
    return None
