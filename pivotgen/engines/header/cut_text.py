"""Cut text: a number sign that makes a comment of text that was probably meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pivotgen.engines.header.comments import Comments
from pivotgen.engines.header.faults import Reading
from pivotgen.engines.header.header_lines import header_line, line_edits, quoted
from pivotgen.engines.header.yaml_nodes import FIRST_LINE, Field
from pivotgen.model.edit import Edit
from pivotgen.model.problem import Problem

# A number sign that no blank follows. A comment has a blank there.
_CUTS = re.compile(r"#+(?:[^\s#]|$)")


def cut_texts(reading: Reading, fields: Sequence[Field]) -> Iterator[Problem]:
    """Yield the comments that were probably meant as text."""
    lines = reading.lines
    for number, column, text in Comments(list(lines), fields).all():
        if not _CUTS.match(text) or not _follows_text(lines, number, column):
            continue
        yield Problem(
            reading.path,
            number + FIRST_LINE,
            column + 1,
            "cut-text",
            f"`#` after a blank starts a comment, so `{_start(text)}` is left out of the value",
            'put the whole value in "double quotes"; a comment has a blank after its `#`',
            edits=_in_quotes(reading, number),
        )


def _follows_text(lines: Sequence[str], number: int, column: int) -> bool:
    """Whether a comment stands behind a value, or where the text above it would go on."""
    before = lines[number][:column].rstrip()
    if before:
        # A comment behind a key with lines of its own is one.
        below = next((line for line in lines[number + 1 :] if not header_line(line).is_blank), "")
        return not before.endswith((":", "-")) or not _belongs(below, lines[number])
    if not number or header_line(lines[number - 1]).is_blank:
        return False
    above = header_line(lines[number - 1])
    if not above.starts_value:
        return column >= above.indent
    parent = above.key_column if above.key else above.dash
    return bool(above.value) and column > parent


def _belongs(below: str, line: str) -> bool:
    """Whether the line below is part of the value whose key or dash is on this line."""
    parts, parent = header_line(below), header_line(line)
    if not parts.starts_value and not parts.value:
        return False
    column = parent.key_column if parent.key else parent.dash
    return parts.indent > column or (bool(parent.key) and parts.dash == column)


def _start(text: str) -> str:
    """Return the first words of a comment."""
    words = text.split()
    return " ".join(words[:3]) + (" …" if len(words) > 3 else "")


def _in_quotes(reading: Reading, number: int) -> tuple[Edit, ...]:
    """Return the edits that put the value of a line in quotes, where that is all it needs."""
    lines = reading.lines
    parts = header_line(lines[number])
    # A second comment may follow, and quotes or brackets may end before the number sign.
    if not parts.starts_value or parts.value[:1] in "\"'[{|>&*!" or " # " in parts.value:
        return ()
    end = parts.value_column + len(parts.value)
    new = {number: quoted(lines[number], parts.value_column, end)}
    if not new[number] or not reading.gets_beyond(new):
        return ()
    return tuple(line_edits(reading.path, lines, new))
