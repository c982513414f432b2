"""Plain headers: those in which every line is a key with its text, or an item of a list.

Most headers are, blocks of text included. Without libyaml and its nodes they are read in a third of
the time. Whatever asks more of YAML (a comment, brackets, an escape, quotes over several lines, a
key without a text) makes a header one that is not plain, and so does what looks like a mistake.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeAlias

from pivotgen.engines.header.traps import may_be_misread
from pivotgen.engines.header.yaml_limits import has_too_many_brackets
from pivotgen.engines.header.yaml_nodes import FIRST_LINE, NULLS
from pivotgen.model.header import Written
from pivotgen.model.limits import LONGEST_KEY

PlainItem: TypeAlias = Written | dict[str, Written]
# The texts, and the lists of texts or of keys with texts, by key.
PlainFields: TypeAlias = Mapping[str, Written | list[PlainItem]]

# Indentation, dash, key, and the text: between quotes, without any, or the mark of a block. A text
# without quotes starts with no character that has a meaning in YAML, and ends with no blank and no
# colon. Every line matches, if only without any of these.
_LINE = re.compile(
    rf"""^(?:(\ *)(-\ )?(?:([A-Za-z_]\w{{,{LONGEST_KEY - 1}}}):(?:\ (?=[^ \n])|$))?"""
    r"""(?:"([^"\n]+)"|'([^'\n]+)'|([^\s\u00a0\u202f\-?:,\[\]{}#&*!|>'"%@`](?:[^\n]*[^\s:])?)|([>|]-?))?$"""
    r"""|[^\n]*$)""",
    re.MULTILINE | re.ASCII | re.VERBOSE,
)


def plain_fields(header: str) -> PlainFields | None:
    """What stands in a header of printable text; None when it is not plain.

    A value is as YAML reads it, and its place is that in the file. The `end_column` is 0 for a
    block of text, and only for one.
    """
    if may_be_misread(header) or has_too_many_brackets(header):
        return None
    if ":\u00a0" in header or ":\u202f" in header:
        # Such a blank may stand in place of the one behind a key.
        return None
    text = header[:-1]
    return _fields(text.split("\n"), _LINE.findall(text), text.count(": "))


class _Block(NamedTuple):
    """A block of text."""

    text: str
    # The number of the line below it.
    end: int


def _fields(
    lines: Sequence[str], parts: Sequence[tuple[str, ...]], colons: int
) -> PlainFields | None:
    """The fields of the lines, in which so many colons stand before a blank."""
    fields: dict[str, Written | list[PlainItem]] = {}
    # The list that the last key at the margin begins, its indentation, and its last item.
    items: list[PlainItem] | None = None
    margin, inner, end = -1, None, 0
    for number, (indent, dash, key, double, single, plain, mark) in enumerate(parts):
        if number < end:
            # It belongs to a block of text.
            continue
        text = plain or double or single
        column = len(indent) + len(dash) + 1
        if key:
            column += len(key) + 2
            colons -= bool(text or mark)
        if plain:
            if plain in NULLS:
                return None
            value = Written(text, number + FIRST_LINE, column, column + len(text))
        elif text:
            colons -= text.count(": ")
            value = Written(text, number + FIRST_LINE, column, column + len(text) + 2)
        elif mark:
            text, end = _block(mark, lines, number + 1, len(indent) + len(dash) * bool(key))
            colons -= sum(line.count(": ") for line in lines[number + 1 : end])
            value = Written(text, number + FIRST_LINE, column)
        if dash:
            if items is None or not text or margin not in (-1, len(indent)):
                return None
            margin = len(indent)
            inner = {key: value} if key else None
            items.append(value if inner is None else inner)
        elif not key:
            return None
        elif indent:
            if inner is None or not text or key in inner or len(indent) != margin + 2:
                return None
            inner[key] = value
        elif key in fields or items == [] or (mark and not text):
            return None
        else:
            items, margin, inner = None if text else [], -1, None
            fields[key] = value if items is None else items
    # Any other colon would make a key of the words before it.
    return fields if colons == 0 and items != [] else None


def _block(mark: str, lines: Sequence[str], start: int, margin: int) -> _Block:
    """The block of text whose lines begin here; an empty text when it is not a plain one.

    Its lines are indented further than `margin`, all by as much.
    """
    first = lines[start] if start < len(lines) else ""
    indent = len(first) - len(first.lstrip(" "))
    texts = []
    for line in lines[start:]:
        text = line[indent:]
        if line[:indent].strip(" "):
            # This one is indented less.
            break
        if not text or text[0] == " ":
            return _Block("", start)
        texts.append(text)
    if indent <= margin or not texts:
        return _Block("", start)
    joined = (" " if mark[0] == ">" else "\n").join(texts)
    return _Block(joined if mark.endswith("-") else f"{joined}\n", start + len(texts))
