"""Invisible characters: finds those that a text may not hold, and takes them away."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import NamedTuple

from pivotgen.model.edit import Edit
from pivotgen.model.problem import Problem
from pivotgen.model.unfit import UNFIT

# Scripts that are written without blanks: those of South-East and East Asia. A zero-width space
# between two of their letters says where a line may be broken.
_WITHOUT_BLANKS = "\u0e00-\u109f\u1780-\u17ff\u1a20-\u1aaf\u3040-\u9fff\ua980-\ua9df"
# Characters that no editor shows. libyaml rejects most of them. It counts some as line ends, which
# would make every later line number wrong.
_ANYWHERE = re.compile(
    f"[{UNFIT}]"
    rf"|\u200b(?![{_WITHOUT_BLANKS}])|(?<![{_WITHOUT_BLANKS}])\u200b"
)
# A soft hyphen, a zero-width space, the marks of direction and a word joiner. Inside a text they
# may be meant; at the end of a value, or in an address, they are not.
_ZERO_WIDTH = "\u00ad\u200b\u200e\u200f\u2060"
_HAS_ZERO_WIDTH = re.compile(f"[{_ZERO_WIDTH}]")
_AROUND_VALUE = f" \t\"'{_ZERO_WIDTH}"
_LINK_TARGET = re.compile(r"\]\([^()\s]*")
# What comes before the value on a line of a header.
_BEFORE_VALUE = re.compile(rf"[ \t]*(?:- +)*(?:[A-Za-z_]\w*:(?: +|(?=[{_ZERO_WIDTH}])))?")
_ADDRESS = re.compile(r"[\"']?(?:/|[a-z]+:/)")
# Blanks at which no line is broken, as French has before some signs. They are not printable.
_BLANKS = {ord("\u00a0"): None, ord("\u202f"): None}
# The printable characters of ASCII, and line ends.
_PRINTABLE = bytes(range(ord(" "), 0x7F)) + b"\r\n"


class _Invisible(NamedTuple):
    """An invisible character; its line and column count from 1."""

    line: int
    column: int
    character: str
    # What takes its place.
    instead: str


def is_printable(data: bytes) -> bool:
    """Whether text in UTF-8 has printable characters and line ends only."""
    # Most characters are ASCII; without them, little is left to look at.
    rest = data.removeprefix(codecs.BOM_UTF8).translate(None, _PRINTABLE)
    return rest.decode().isprintable()


def is_printable_but_for_blanks(data: bytes) -> bool:
    """The same of a text that may also have blanks at which no line is broken."""
    rest = data.removeprefix(codecs.BOM_UTF8).translate(None, _PRINTABLE)
    return rest.decode().translate(_BLANKS).isprintable()


def invisible_problem(path: str, text: str, header: int) -> Problem | None:
    """Return the problem of the first invisible character, with the edits that delete all of them.

    `header` is how many lines at the start are `key: value` lines. There are no edits where a code
    from 0x80 to 0x9f occurs. It usually comes from a letter in another encoding, and only the
    author knows which letter.
    """
    if text.replace("\n", "").isprintable():
        # Printable text, as most is, has none. This check is faster than a search.
        return None
    every = list(_search(text, header))
    if not every:
        return None
    line, column, character, _ = every[0]
    more = f", and {len(every) - 1} more in this file" if len(every) > 1 else ""
    is_certain = not any("\x80" <= other.character <= "\x9f" for other in every)
    return Problem(
        path,
        line,
        column,
        "invisible-character",
        f"there is an invisible character (U+{ord(character):04X}) here{more}",
        "delete it; it often comes along when text is pasted",
        edits=tuple(_edit(path, other) for other in every) if is_certain else (),
    )


def without_invisible(text: str, header: int) -> str:
    """Return the text without its invisible characters; the number of its lines stays."""
    lines = text.split("\n")
    for line, column, _, instead in reversed(list(_search(text, header))):
        before = lines[line - 1]
        lines[line - 1] = f"{before[: column - 1]}{instead}{before[column:]}"
    return "\n".join(lines)


def _search(text: str, header: int) -> Iterator[_Invisible]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.isprintable():
            continue
        columns = {match.start() for match in _ANYWHERE.finditer(line)}
        if _HAS_ZERO_WIDTH.search(line):
            columns |= set(_zero_width(line, is_header=number <= header))
        for at in sorted(columns):
            neighbours = line[max(at - 1, 0) : at] + line[at + 1 : at + 2]
            is_space = line[at] in "\u2028\u2029" and " " not in neighbours
            yield _Invisible(number, at + 1, line[at], " " if is_space else "")


def _zero_width(line: str, *, is_header: bool) -> Iterator[int]:
    """Yield where zero-width characters stand in addresses and around the value of a header."""
    parts = [match.span() for match in _LINK_TARGET.finditer(line)]
    before = _BEFORE_VALUE.match(line) if is_header else None
    if before and before.group().strip():
        start, value = before.end(), line[before.end() :]
        if _ADDRESS.match(value.lstrip(_ZERO_WIDTH)):
            parts.append((start, len(line)))
        # The characters around a value, with its quotes.
        parts.append((start, len(line) - len(value.lstrip(_AROUND_VALUE))))
        parts.append((len(line.rstrip(_AROUND_VALUE)), len(line)))
    for start, end in parts:
        yield from (at for at in range(start, end) if line[at] in _ZERO_WIDTH)


def _edit(path: str, invisible: _Invisible) -> Edit:
    line, column, _, instead = invisible
    return Edit(path, line, column, line, column + 1, instead)
