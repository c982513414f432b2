"""Header lines: what each line of a header is, as far as one can tell when YAML cannot read it.

Lines and columns count from 0 here, as those of YAML nodes do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pivotgen.engines.header.yaml_nodes import FIRST_LINE
from pivotgen.model.edit import Edit

# Blanks that are none for YAML. Word processors and keyboards put them in.
ODD_BLANKS = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_LINE = re.compile(
    r"(?P<indent>[ \t]*)(?P<dashes>(?:-(?:[ \t]+|$))*)"
    r"(?:(?P<key>[A-Za-z_][\w-]*):(?:[ \t]+|$))?(?P<value>.*?)[ \t]*"
)
# A mark that starts a text on the lines below.
_BLOCK = re.compile(r"[|>][-+0-9]*(?:[ \t]+#.*)?")


class HeaderLine(NamedTuple):
    """The parts of a line. A part that is not there is ""."""

    indent: int
    # The column of the last dash; -1 when there is none.
    dash: int
    # The column of the key, and the key.
    key_column: int
    key: str
    # The column of the value, and the value.
    value_column: int
    value: str

    @property
    def is_blank(self) -> bool:
        """Whether the line holds nothing, or only a comment."""
        return self.dash < 0 and not self.key and (not self.value or self.value.startswith("#"))

    @property
    def starts_value(self) -> bool:
        """Whether the line has a key or a dash."""
        return self.dash >= 0 or bool(self.key)


def header_line(line: str) -> HeaderLine:
    """Return the parts of a line."""
    match = _LINE.fullmatch(line)
    assert match
    return HeaderLine(
        len(match["indent"]),
        match.start("dashes") + match["dashes"].rfind("-") if match["dashes"] else -1,
        match.start("key") if match["key"] else -1,
        match["key"] or "",
        match.start("value"),
        match["value"],
    )


def block_lines(lines: Sequence[str]) -> set[int]:
    """Return the lines of texts that stand below their mark, `|` or `>`."""
    inside: set[int] = set()
    parent = -1
    for number, line in enumerate(lines):
        if parent >= 0 and (not line.strip() or len(line) - len(line.lstrip(" ")) > parent):
            inside.add(number)
            continue
        parts = header_line(line)
        is_mark = parts.starts_value and _BLOCK.fullmatch(parts.value)
        parent = (parts.key_column if parts.key else parts.dash) if is_mark else -1
    return inside


def quoted(line: str, start: int, end: int) -> str:
    """Return the line with its text from `start` to `end` in quotes; "" when it has both kinds."""
    text = line[start:end]
    if '"' not in text and "\\" not in text:
        return f'{line[:start]}"{text}"{line[end:]}'
    return f"{line[:start]}'{text}'{line[end:]}" if "'" not in text else ""


def line_edits(path: str, old: Sequence[str], new: dict[int, str]) -> Iterator[Edit]:
    """Yield the edits that turn the old lines into the new ones, which are given by number."""
    for number, line in new.items():
        before = old[number]
        start = _common(before, line)
        end = _common(before[start:][::-1], line[start:][::-1])
        place = number + FIRST_LINE, start + 1, number + FIRST_LINE, len(before) - end + 1
        yield Edit(path, *place, line[start : len(line) - end])


def _common(first: str, second: str) -> int:
    """Return how many characters at the start are the same."""
    pairs = enumerate(zip(first, second, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(first), len(second)))
