"""Escapes: codes in double quotes that put an invisible character in place of what was typed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import yaml

from pivotgen.engines.header.yaml_nodes import FIRST_LINE
from pivotgen.model.edit import Edit
from pivotgen.model.problem import Problem
from pivotgen.model.unfit import unfit_in_name

# A backslash in double quotes with its code.
_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
# Codes of one letter: for control characters, for odd line ends and blanks, and for a tab.
_UNWANTED = frozenset("0abevfrtNLP_")


def escape_problems(
    path: str, lines: Sequence[str], scalars: Sequence[yaml.ScalarNode]
) -> Iterator[Problem]:
    """Yield the codes in double quotes that stand for a character nobody can see.

    A code for the end of a line is one only before a small letter, as in "D:\\new": there it is
    part of a name.
    """
    for node in scalars:
        if node.style != '"':
            continue
        first, last = node.start_mark, node.end_mark
        for number in range(first.line, last.line + 1):
            start = first.column + 1 if number == first.line else 0
            end = last.column - 1 if number == last.line else len(lines[number])
            for match in _ESCAPE.finditer(lines[number], start, end):
                if _is_unwanted(match, lines[number]):
                    yield _problem(path, number + FIRST_LINE, match)


def _is_unwanted(match: re.Match[str], line: str) -> bool:
    code, letter = match[1] or match[2] or match[3], match[4]
    if code:
        number = int(code, 16)
        return number > 0x10FFFF or bool(unfit_in_name(chr(number)))
    if letter == "n":
        return line[match.end() : match.end() + 1].islower()
    return letter in _UNWANTED


def _problem(path: str, line: int, match: re.Match[str]) -> Problem:
    place = line, match.start() + 1
    what = {"n": "the end of a line", "t": "a tab"}.get(match[4], "an invisible character")
    return Problem(
        path,
        *place,
        "yaml-escape",
        f"in double quotes `{match.group()}` stands for {what}",
        "use single quotes, or write two backslashes",
        edits=(Edit(path, *place, *place, "\\"),),
    )
