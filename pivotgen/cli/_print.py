"""Print: what several commands print in the same way."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pivotgen.cli._terminal import Painted, say
from pivotgen.model.visible import visible_name

if TYPE_CHECKING:
    from pivotgen.model.edit import Change
    from pivotgen.model.problem import Problem


# How many problems a terminal shows; more would scroll the first of them away.
_MOST = 50


def print_problems(
    site: Path, problems: Iterable[Problem], *, every: bool = False, content: Path | None = None
) -> None:
    """Print problems to standard error, each with its source line and a caret.

    `content` is the folder that stands in for content/, if one does.
    A terminal shows the first fifty, errors before warnings, and a count of all; with `every` it
    shows every problem. A last line names the command that explains the first error, or the first
    warning where there is no error.
    """
    problems = list(problems)
    if not problems:  # What follows is slow to import, and most builds have nothing to tell.
        return
    from pivotgen.model.problem import Level
    from pivotgen.problems.codes import code
    from pivotgen.problems.excerpt import excerpt_parts, source_lines
    from pivotgen.stages.site_files import source_path

    @lru_cache(1)  # Most problems come file by file, and a file may have many.
    def lines(path: str) -> list[str]:
        if content and path.startswith("content/"):
            return source_lines(_data(content / path.removeprefix("content/")))
        return source_lines(_data(source_path(site, path)))

    to_explain: Problem | None = None
    is_cut = len(problems) > _MOST and not every and sys.stderr.isatty()
    shown = sorted(sorted(problems, key=_severity)[:_MOST]) if is_cut else problems
    for problem in shown:
        colour = "red" if problem.level is Level.ERROR else "yellow"
        place, label, rest = excerpt_parts(problem, lines(problem.path))
        say(place, Painted(label, colour, bold=True), rest, err=True)
        is_worse = to_explain is None or (to_explain.level, problem.level) == (
            Level.WARNING,
            Level.ERROR,
        )
        if is_worse and code(problem.code):
            to_explain = problem
    if is_cut:
        errors = sum(problem.level is Level.ERROR for problem in problems)
        counts = f"{errors} errors and {len(problems) - errors} warnings"
        rest = f"{_MOST} of {len(problems)} problems ({counts})"
        say(f"{rest}; `pivotgen check --all` shows every one.", err=True)
    if to_explain:
        say(f"more: pivotgen help {to_explain.code}", err=True)


def _severity(problem: Problem) -> tuple[bool, Problem]:
    return problem.level != "error", problem


def print_diff(changes: Iterable[Change]) -> None:
    """Print the changes as a diff."""
    from pivotgen.edits.diff import diff

    colours = {"+": "green", "-": "red", "@": "cyan"}
    for line in diff(changes).splitlines(keepends=True):
        colour = None if line.startswith(("+++", "---")) else colours.get(line[0])
        say(Painted(line, colour) if colour else line, nl=False)


def count_files(number: int) -> str:
    """A number of files in words: "1 file" or "2 files"."""
    return "1 file" if number == 1 else f"{number} files"


def list_files(paths: Sequence[str]) -> str:
    """The first five paths, and how many more there are."""
    more = f" and {len(paths) - 5} more" if len(paths) > 5 else ""
    return f"{', '.join(map(visible_name, paths[:5]))}{more}"


def _data(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
