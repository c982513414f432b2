"""An edit: a change to a source that can be shown, asked for and made, here or in an editor."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pivotgen.model.header import Written

# What YAML reads as the same text without quotes, wherever it stands.
_PLAIN = re.compile(r"[^\W\d_][\w ./&()'’+–-]*")


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """A change to one stretch of a source.

    What stands from the first place to just before the second is replaced by `text`. Lines and
    columns count from 1, as those of a Problem do; lines end with "\\n" in `text`.
    """

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """A source before and after; None where there is no such file."""

    path: str
    old: bytes | None
    new: bytes | None


def respelled(path: str, written: Written, text: str) -> tuple[Edit, ...]:
    """The edit that makes `written` say `text` in the quotes it has; none where that is not plain.

    Text that was folded, escaped or put together from several lines is left to its author.
    """
    quotes = (written.end_column - written.column - len(written.text)) // 2
    if not written.end_column or (quotes and set("\"'\\") & set(text)):
        return ()
    start, end = written.column + quotes, written.end_column - quotes
    return (Edit(path, written.line, start, written.line, end, text if quotes else quoted(text)),)


def quoted(text: str) -> str:
    """One line of text as YAML reads it anywhere: in double quotes unless it needs none."""
    if _PLAIN.fullmatch(text):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
