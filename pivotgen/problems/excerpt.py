"""Excerpt: a problem as text for a person, with the line it is on and a caret."""

from __future__ import annotations

import re
from collections.abc import Callable

from pivotgen.model.problem import Problem

# Characters that are invisible or would move the caret's column.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff]"
)
# Codes of problems whose files are not shown: what a link leads to may be nobody's business.
NOT_SHOWN = frozenset(("leads-outside",))


def excerpt(problem: Problem, data: bytes | None, paint: Callable[[str], str] = str) -> str:
    """Return the problem as text, without a line break at the end.

    `data` is the file of the problem, or None when it cannot be read. `paint` colours the label.
    """
    place = f"{problem.path}:{problem.line}:{problem.column}"
    label = paint(f"{problem.level}[{problem.code}]")
    lines = [f"{place}: {label}: {problem.message}"]
    if data is not None and problem.code not in NOT_SHOWN:
        for _, line in frame(data, problem.line):
            lines += [f"    {line}".rstrip(), f"    {' ' * (problem.column - 1)}^"]
    if problem.hint:
        lines.append(f"hint: {problem.hint}")
    return "\n".join(lines)


def frame(data: bytes, number: int, around: int = 0) -> list[tuple[int, str]]:
    """Return line `number` of a file and up to `around` lines on each side, with their numbers.

    The list is empty when the file has no such line.
    """
    text = data.decode("utf-8-sig", "replace")
    # The same line ends as in the readers of content; str.splitlines has several more.
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not lines[-1]:
        lines.pop()
    if number > len(lines):
        return []
    first = max(number - around, 1)
    shown = (line.replace("\t", " ") for line in lines[first - 1 : number + around])
    return list(
        enumerate((_INVISIBLE.sub("\N{REPLACEMENT CHARACTER}", line) for line in shown), first)
    )
