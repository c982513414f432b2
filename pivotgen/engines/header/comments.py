"""Comments of a header: where they stand, and which of them have their place in the new text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import yaml

from pivotgen.engines.header.yaml_nodes import Field

# A number sign starts a comment at the beginning of a line or after a blank.
_COMMENT = re.compile(r"(?:^|(?<=[ \t]))#")


class Comments:
    """The comments of one header. Lines count from 0, as those of YAML nodes do."""

    def __init__(self, lines: list[str], fields: Iterable[Field]) -> None:
        self._lines = lines
        # The columns of every line that a value takes up: a number sign in them is text.
        self._scalars: dict[int, list[tuple[int, float]]] = {}
        for field in fields:
            for node in field:
                self._add_scalars(node)
        # The column and the text of the comment on a line.
        self._by_line: dict[int, tuple[int, str]] = {}
        for number, line in enumerate(lines):
            for match in _COMMENT.finditer(line):
                at = match.start()
                if not any(start <= at < end for start, end in self._scalars.get(number, ())):
                    self._by_line[number] = (at, line[at:].rstrip())
                    break
        # Lines whose comment is in the new text.
        self._placed: set[int] = set()

    def all(self) -> Iterator[tuple[int, int, str]]:
        """Yield the line, the column and the text of every comment."""
        return ((line, column, text) for line, (column, text) in self._by_line.items())

    def last_line_of(self, start: int, end: int) -> int:
        """Return the last line of the entry that starts on `start`; the next starts on `end`.

        Comments and blank lines between two entries do not belong to the first.
        """
        while end - 1 > start and self._is_between_entries(end - 1):
            end -= 1
        return end - 1

    def place_above(self, line: int, indent: int) -> Iterator[str]:
        """Yield the comments and blank lines directly above a line, with a new indentation."""
        start = line
        while start and self._is_between_entries(start - 1):
            start -= 1
        self._placed |= set(range(start, line))
        yield from indent_comments(self._lines[start:line], indent)

    def place_behind(self, line: int) -> str:
        """Return the comment at the end of a line with two blanks before it, or ""."""
        if line not in self._by_line or line in self._placed or self._is_between_entries(line):
            return ""
        self._placed.add(line)
        return f"  {self._by_line[line][1]}"

    def any_lost(self, start: int, end: int) -> bool:
        """Whether a comment on the lines from `start` to before `end` has no place yet."""
        return any(start <= line < end and line not in self._placed for line in self._by_line)

    def _add_scalars(self, node: yaml.Node) -> None:
        if isinstance(node, yaml.ScalarNode):
            first, last = node.start_mark, node.end_mark
            for number in range(first.line, last.line + 1):
                start = first.column if number == first.line else 0
                end = last.column if number == last.line else float("inf")
                self._scalars.setdefault(number, []).append((start, end))
            return
        for part in node.value:
            for child in part if isinstance(node, yaml.MappingNode) else (part,):
                self._add_scalars(child)

    def _is_between_entries(self, number: int) -> bool:
        """Whether a line holds nothing but blanks and perhaps a comment."""
        line = self._lines[number]
        if number in self._by_line:
            return not line[: self._by_line[number][0]].strip()
        return not line.strip() and number not in self._scalars


def indent_comments(lines: list[str], indent: int) -> list[str]:
    """Return comment lines with a new indentation.

    Blank lines stay only between two comments, one at most.
    """
    text = "\n".join(line.strip() for line in lines).strip("\n")
    compact = re.sub(r"\n\n+", "\n\n", text).split("\n") if text else []
    return [f"{' ' * indent}{line}" if line else "" for line in compact]
