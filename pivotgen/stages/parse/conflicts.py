"""Merge conflicts: two versions of some lines that git left in a file for its author to choose."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pivotgen.engines.markdown.page import lines_of_code
from pivotgen.model.problem import Problem

# The marks of the first version, of the common past, of the second version, and of its end.
_MARK = re.compile(r"(<{7}|\|{7}|={7}|>{7})(?:[ \t].*)?\r?")
_FIRST, _END = "<", ">"
# Alone they may underline a heading, or be a row of an empty table.
_BETWEEN = ("=", "|")
_FIRST_MARK, _LAST_MARK = b"<<<<<<<", b">>>>>>>"


def without_conflicts(path: str, data: bytes) -> tuple[bytes, list[Problem]]:
    """A file with the first version of every conflict alone, and a problem for each conflict.

    The rest of each conflict becomes empty lines, so that every other problem of the file is still
    told at its line. Marks in blocks of code stay.
    """
    # The search for one character is the fastest.
    if not ((b"<" in data and _FIRST_MARK in data) or (b">" in data and _LAST_MARK in data)):
        return data, []
    # Bytes that are no text are told by whoever reads the file.
    lines = data.decode("utf-8", "surrogateescape").split("\n")
    problems: list[Problem] = []
    version = ""
    for number, mark in _marks(lines, lines_of_code("\n".join(lines))):
        if not mark:
            # Only the first version is read.
            if version not in ("", _FIRST):
                lines[number] = ""
            continue
        if mark in _BETWEEN and not version:
            continue
        if mark == _FIRST or not version:
            problems.append(_problem(path, number + 1, is_whole=mark == _FIRST))
        version = "" if mark == _END else mark
        lines[number] = ""
    if version:
        # The end is missing, so nobody knows which lines belong to which version.
        return data, problems
    return "\n".join(lines).encode("utf-8", "surrogateescape"), problems


def _marks(lines: list[str], ignored: set[int]) -> Iterator[tuple[int, str]]:
    """Every line by its number (from 0), with the sign of its mark, or ""."""
    for number, line in enumerate(lines):
        match = None if number in ignored else _MARK.fullmatch(line)
        yield number, match[1][0] if match else ""


def _problem(path: str, line: int, *, is_whole: bool) -> Problem:
    message = "two versions of a merge stand here" if is_whole else "this is left over from a merge"
    hint = "keep the lines that are right, and delete the rest with the lines of <, = and >"
    return Problem(path, line, 1, "merge-conflict", message, hint)
