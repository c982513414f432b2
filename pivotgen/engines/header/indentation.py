"""Indentation: a line of a header that does not line up with the lines of its kind."""

from __future__ import annotations

from collections.abc import Iterator

from pivotgen.engines.header.declarations import known_keys
from pivotgen.engines.header.faults import Fault, Reading
from pivotgen.engines.header.header_lines import HeaderLine, header_line
from pivotgen.engines.header.yaml_nodes import FIRST_LINE
from pivotgen.engines.yaml_messages import PlainWords

_TAB = PlainWords("a tab cannot indent a line", "indent with spaces")
_NO_DASH = PlainWords(
    "this line repeats a key of the item above, so the dash that starts a new item is missing",
    "write a dash and a blank in front of it",
)
_ELSEWHERE = PlainWords(
    "this line does not line up with the others, so YAML cannot tell what it belongs to",
    "start it in the same column as the others of its kind",
)
# A list that is indented with a tab gets this many spaces.
_LIST_INDENT = 2


def misplaced(reading: Reading, line: int) -> Fault:
    """Return the fault of a line with a wrong indentation."""
    text = reading.lines[line]
    parts = header_line(text)
    has_tab = "\t" in text[: parts.indent]
    dash = _dash_of_repeated(reading, line, parts)
    if dash >= 0:
        fixed = f"{' ' * dash}- {text.lstrip()}"
        return reading.fault((line, parts.indent), _NO_DASH, {line: fixed})
    for column in _candidates(reading, line, parts):
        fault = aligned(reading, line, column, _TAB if has_tab else None)
        if fault.problem.edits:
            return fault
    return reading.fault(
        (line, 0 if has_tab else parts.indent), _TAB if has_tab else _ELSEWHERE, {}
    )


def aligned(reading: Reading, line: int, column: int, words: PlainWords | None = None) -> Fault:
    """Return the fault of a line that should start in another column, counted from 0."""
    indent = header_line(reading.lines[line]).indent
    if words is None:
        words = PlainWords(
            f"this line is indented too {'far' if column < indent else 'little'}",
            f"start it in column {column + 1}{_model(reading, line, column)}",
        )
    at = 0 if words is _TAB else indent
    fixed = f"{' ' * column}{reading.lines[line].lstrip()}"
    return reading.fault((line, at), words, {line: fixed})


def _candidates(reading: Reading, line: int, parts: HeaderLine) -> list[int]:
    """Return the columns in which the line may have to start, the likeliest first."""
    columns = list(dict.fromkeys(_columns_above(reading, line, parts)))
    if parts.dash >= 0:
        columns += [_LIST_INDENT] if _LIST_INDENT not in columns else []
    else:
        # Some keys can only stand alone, and others only in an item.
        inner = known_keys().get(parts.key, frozenset())
        columns = [column for column in columns if not inner or (column > 0) in inner]
    return sorted(columns, key=lambda column: abs(column - parts.indent))


def _columns_above(reading: Reading, line: int, parts: HeaderLine) -> Iterator[int]:
    """Yield the columns that lines of this kind have above, the nearest first."""
    for number in range(line - 1, -1, -1):
        other = header_line(reading.lines[number])
        if parts.dash >= 0 and other.dash >= 0:
            yield other.indent
        elif parts.dash < 0 and other.key:
            yield other.key_column
        if other.key and other.key_column == 0:
            # Everything above belongs to another key.
            return
    if parts.dash < 0:
        yield 0


def _dash_of_repeated(reading: Reading, line: int, parts: HeaderLine) -> int:
    """Return the column of the dash of the item above when it has the line's key; -1 if not."""
    if not parts.key or parts.dash >= 0 or False in known_keys().get(parts.key, ()):
        return -1
    keys = set()
    for number in range(line - 1, -1, -1):
        other = header_line(reading.lines[number])
        if other.key and other.key_column == 0:
            return -1
        keys.add(other.key)
        if other.dash >= 0 and other.key:
            return other.dash if parts.key in keys else -1
    return -1


def _model(reading: Reading, line: int, column: int) -> str:
    """Return the end of a hint that names a line with the right indentation."""
    wants_dash = header_line(reading.lines[line]).dash >= 0
    for number in range(line - 1, -1, -1):
        other = header_line(reading.lines[number])
        if wants_dash and other.dash >= 0 and other.indent == column:
            return f", like the item on line {number + FIRST_LINE}"
        if not wants_dash and other.key and other.key_column == column:
            return f", like `{other.key}` on line {number + FIRST_LINE}"
    return ""
