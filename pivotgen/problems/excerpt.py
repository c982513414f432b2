"""Excerpt: a problem as text for a person, with the line it is on and a caret."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pivotgen.model.problem import Problem
from pivotgen.model.visible import visible, visible_column, visible_name

# How much is shown of a line, and how much of that stands before the place of the problem.
_WIDTH, _BEFORE = 240, 120
_MORE = "…"
# Codes of problems whose files are not shown: what a link leads to may be nobody's business.
NOT_SHOWN = frozenset(("leads-outside",))


class Frame(NamedTuple):
    """The line of a problem with the lines around it, as they are shown."""

    # Each with its number.
    lines: list[tuple[int, str]]
    # The column of the problem in its line; from 1.
    caret: int


def excerpt(problem: Problem, data: bytes | None) -> str:
    """Return the problem as text, without a line break at the end.

    `data` is the file of the problem, or None when it cannot be read.
    """
    return "".join(excerpt_parts(problem, source_lines(data)))


def excerpt_parts(problem: Problem, lines: Sequence[str]) -> tuple[str, str, str]:
    """Return the same in three parts, of which the second is the label; `lines` are the file's."""
    place = f"{visible_name(problem.path)}:{problem.line}:{problem.column}: "
    rest = [f": {problem.message}"]
    shown, caret = frame(problem, lines)
    for _, line in shown:
        rest += [f"    {line}".rstrip(), f"    {' ' * (caret - 1)}^"]
    if problem.hint:
        rest.append(f"hint: {problem.hint}")
    return place, f"{problem.level}[{problem.code}]", "\n".join(rest)


def source_lines(data: bytes | None) -> list[str]:
    """Return the lines of a file; none when there is no file."""
    if data is None:
        return []
    text = data.decode("utf-8-sig", "replace")
    # The same line ends as in the readers of content; str.splitlines has several more.
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return lines if lines[-1] else lines[:-1]


def frame(problem: Problem, lines: Sequence[str], around: int = 0) -> Frame:
    """Return the line of a problem, and up to `around` lines on each side.

    There are no lines when the file has no such line. Of a long line a part is shown.
    """
    if problem.line > len(lines) or problem.code in NOT_SHOWN:
        return Frame([], problem.column)
    first = max(problem.line - around, 1)
    shown = []
    caret = problem.column
    for number, line in enumerate(lines[first - 1 : problem.line + around], first):
        column = problem.column if number == problem.line else 1
        part, at = _part(line.replace("\t", " "), column)
        shown.append((number, visible(part)))
        if number == problem.line:
            caret = visible_column(part, at)
    return Frame(shown, caret)


def _part(line: str, column: int) -> tuple[str, int]:
    """The part of a line that is shown, and where `column` is in it."""
    if len(line) <= _WIDTH:
        return line, column
    start = max(0, column - 1 - _BEFORE)
    before = _MORE if start else ""
    after = _MORE if start + _WIDTH < len(line) else ""
    return f"{before}{line[start : start + _WIDTH]}{after}", column - start + len(before)
