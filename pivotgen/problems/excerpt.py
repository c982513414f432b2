"""Excerpt: a problem as a person reads it: place, message, the line with a caret, the hint."""

from __future__ import annotations

from collections.abc import Callable

from pivotgen.model.problem import Problem
from pivotgen.problems.frame import frame


def excerpt(problem: Problem, data: bytes | None, paint: Callable[[str], str] = str) -> str:
    """The problem as text, without a last line break.

    `data` is the file it is in, or None when that cannot be read; `paint` colours the label.
    """
    place = f"{problem.path}:{problem.line}:{problem.column}"
    label = paint(f"{problem.level}[{problem.code}]")
    said = [f"{place}: {label}: {problem.message}"]
    if data is not None:
        for _, line in frame(data, problem.line):
            said += [f"    {line}".rstrip(), f"    {' ' * (problem.column - 1)}^"]
    if problem.hint:
        said.append(f"hint: {problem.hint}")
    return "\n".join(said)
