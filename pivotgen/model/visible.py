"""Visible: text of others as it may be shown; what could act or hide is shown as its code.

It is meant for every text on its way to a terminal, a log, a diff or a report. The codes are those
of Python: "\\x1b" for the character that begins the commands of a terminal, "\\u202e" for the one
that turns the direction of what follows.
"""

from __future__ import annotations

import re

# Characters that command a terminal, end a line for some programs, turn the direction of text, or
# show nothing. A tab and the end of a line stay; so do the joiners that Persian and emoji need.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e"
    "\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufdd0-\ufdef\ufeff\uffa0"
    "\ufff0-\ufffb\ufffe\uffff\U0001d173-\U0001d17a\U000e0000-\U000e0fff]|\r(?!\n)"
)
# What machines that run builds obey when it is printed: `::command::` at the start of a line, and
# `##[command]`, `##vso[command]` or `##teamcity[command]` anywhere.
_COMMAND = re.compile(r"^[^\S\n]*:(?=:[^\n]*::)|#(?=#[\w.-]*\[)", re.M)
# How much longer a sign becomes when its code takes its place.
_LONGER = len("\\x3a") - 1


def visible(text: str) -> str:
    """Return the text with a code in place of every character that could act or hide.

    The ends of lines stay. What is visible already does not change.
    """
    return _COMMAND.sub(_without_command, _UNSEEN.sub(_code, text))


def visible_name(name: str) -> str:
    """Return the name of a file in the same way, and on one line."""
    # Most names are plain.
    if name.isprintable() and "::" not in name and "#" not in name:
        return name
    return visible(name.replace("\n", "\\n").replace("\r", "\\r"))


def visible_column(line: str, column: int) -> int:
    """Return the column in `visible(line)` of what stands at `column` of the line; from 1."""
    shown = _UNSEEN.sub(_code, line)
    before = len(_UNSEEN.sub(_code, line[: column - 1])) + max(0, column - 1 - len(line))
    signs = [match.end() for match in _COMMAND.finditer(shown)]
    return before + 1 + _LONGER * sum(end <= before for end in signs)


def visible_json(text: str) -> str:
    """Return JSON that means the same and in which every such character is a code of JSON."""
    return _COMMAND.sub(r"\\u0023", _UNSEEN.sub(_json_code, text))


def _code(match: re.Match[str]) -> str:
    number = ord(match[0])
    if number <= 0xFF:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number <= 0xFFFF else f"\\U{number:08x}"


def _without_command(match: re.Match[str]) -> str:
    return f"{match[0][:-1]}\\x{ord(match[0][-1]):02x}"


def _json_code(match: re.Match[str]) -> str:
    # JSON writes a character beyond the first 65,536 as two codes.
    data = match[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{data[at]:02x}{data[at + 1]:02x}" for at in range(0, len(data), 2))
