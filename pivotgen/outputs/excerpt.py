"""Excerpt: a problem as a person reads it: place, message, the line with a caret, the hint."""

from __future__ import annotations

import re
from collections.abc import Callable

from pivotgen.model.problem import Problem

# What would not be seen, or would move the caret's column, on a terminal.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def excerpt(problem: Problem, data: bytes | None, paint: Callable[[str], str] = str) -> str:
    """The problem as text, without a last line break.

    `data` is the file it is in, or None when that cannot be read; `paint` colours the label.
    """
    place = f"{problem.path}:{problem.line}:{problem.column}"
    label = paint(f"{problem.level}[{problem.code}]")
    said = [f"{place}: {label}: {problem.message}"]
    if data is not None and (line := _line(data, problem.line)) is not None:
        said += [f"    {line}".rstrip(), f"    {' ' * (problem.column - 1)}^"]
    if problem.hint:
        said.append(f"hint: {problem.hint}")
    return "\n".join(said)


def _line(data: bytes, number: int) -> str | None:
    text = data.decode("utf-8-sig", "replace")
    # Line ends as the readers of content count them; str.splitlines knows several more.
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if number > len(lines) or (number == len(lines) and not lines[-1]):
        return None
    return _UNSEEN.sub("\N{REPLACEMENT CHARACTER}", lines[number - 1].replace("\t", " "))
