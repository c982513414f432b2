"""Edits: changes to a source, as values. A command or an editor shows them and makes them."""

from __future__ import annotations

import re

from pivotgen.model.header import Written
from pivotgen.model.lazy_dataclass import dataclass

# Text that YAML reads as itself without quotes, in every context.
_PLAIN = re.compile(r"[^\W\d_][\w ./&()'’+–-]*")


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """A change to one part of a source.

    `text` replaces everything from the first place to just before the second. Lines and columns
    count from 1, as in a Problem. Lines end with "\\n" in `text`.
    """

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """A source before and after a change; None means that the file does not exist."""

    path: str
    old: bytes | None
    new: bytes | None


def replace_text(path: str, written: Written, text: str) -> tuple[Edit, ...]:
    """Return the edit that replaces `written` by `text` inside the same quotes.

    There is no edit when the old text is folded, escaped or on several lines, or when the new
    text would need escapes.
    """
    quotes = (written.end_column - written.column - len(written.text)) // 2
    if not written.end_column or (quotes and set("\"'\\") & set(text)):
        return ()
    start, end = written.column + quotes, written.end_column - quotes
    return (
        Edit(
            path, written.line, start, written.line, end, text if quotes else quote_if_needed(text)
        ),
    )


def quote_if_needed(text: str) -> str:
    """Return one line of text as a YAML value: in double quotes, unless it needs none."""
    if _PLAIN.fullmatch(text):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
