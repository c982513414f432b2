"""Cursor: what stands at one place of a content file, even when the file is not finished."""

from __future__ import annotations

import re

from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.workspace import LineRange, lines_of

# A line with a key: the dashes of list items before it, the key, the colon and the value.
_ENTRY = re.compile(
    r"(?P<dashes>(?:\s*-\s+)*\s*)(?P<key>[\w-]+)(?P<colon>\s*:(?:\s+|$))(?P<value>.*)"
)
_ITEM = re.compile(r"(?P<dashes>\s*-(?:\s+|$))(?P<value>.*)")
# A line that can become a key: its colon is not typed yet.
_UNFINISHED_KEY = re.compile(r"(?P<dashes>(?:\s*-\s+)*\s*)(?P<key>[\w-]*)\s*")
_LINK = re.compile(r"\]\(\s*<?(?P<target>[^)\s>]*)")
_COMMENT = re.compile(r"\s+#.*$")
# The lists whose items have keys of their own.
_LISTS_OF_KEYS = (("faqs",), ("sources",), ("allow",))


@dataclass(frozen=True, slots=True)
class Cursor:
    """What stands at a place. Columns count characters from 1; `end` is just after the last."""

    # "key", "value" (of a key or of a list item), "link" (its target) or "text".
    kind: str
    # The whole key, value or target, without quotes; it may be empty.
    word: str
    line: int
    start: int
    end: int
    # The keys above it, the outermost first. The last key of a value is its own.
    keys: tuple[str, ...] = ()
    # The quote around the word, or "".
    quote: str = ""

    def range_in(self, path: str) -> LineRange:
        """Return the range of the word in the file `path`."""
        return LineRange(path, self.line, self.start, self.end)


def cursor_at(text: str, line: int, column: int) -> Cursor:
    """Return what stands at `line` and `column` of a file.

    The file may have half a key, half a link or invalid YAML.
    """
    lines = lines_of(text)
    line_text = lines[line - 1] if 0 < line <= len(lines) else ""
    for match in _LINK.finditer(line_text):
        start, end = match.span("target")
        if start < column <= end + 1:
            return Cursor("link", match["target"], line, start + 1, end + 1)
    if not _is_in_header(lines, line):
        return Cursor("text", "", line, column, column)
    return _cursor_in_header(lines, line, column)


def sibling_keys(text: str, line: int) -> set[str]:
    """Return the other keys of the mapping that the key on `line` belongs to."""
    lines = lines_of(text)
    column = _content_column(lines[line - 1])
    first = last = line - 1
    while first > 1 and not _is_boundary(lines[first], column):
        first -= 1
    while last + 1 < len(lines) and not _is_boundary(lines[last + 1], column):
        last += 1
    others = (lines[at] for at in range(first, last + 1) if at != line - 1)
    entries = (match for other in others if (match := _ENTRY.fullmatch(other)))
    return {entry["key"] for entry in entries if len(entry["dashes"]) == column}


def _is_in_header(lines: list[str], line: int) -> bool:
    if line < 2 or lines[0].removeprefix("\ufeff").rstrip() != "---":
        return False
    return all(line_text.rstrip() != "---" for line_text in lines[1:line])


def _cursor_in_header(lines: list[str], line: int, column: int) -> Cursor:
    line_text = lines[line - 1]
    keys = _parent_keys(lines, line)
    if keys is None:
        return Cursor("text", "", line, column, column)
    if entry := _ENTRY.fullmatch(line_text):
        start, end = entry.span("key")
        if column <= end + 1:
            return Cursor("key", entry["key"], line, start + 1, end + 1, keys)
        value = _Value(entry["value"], entry.start("value"), (*keys, entry["key"]))
        return _cursor_in_value(value, line, column)
    if (key := _UNFINISHED_KEY.fullmatch(line_text)) and (
        "-" not in key["dashes"] or keys[-1:] in _LISTS_OF_KEYS
    ):
        start, end = key.span("key")
        return Cursor("key", key["key"], line, start + 1, end + 1, keys)
    if item := _ITEM.fullmatch(line_text):
        return _cursor_in_value(_Value(item["value"], item.start("value"), keys), line, column)
    return Cursor("text", "", line, column, column)


def _parent_keys(lines: list[str], line: int) -> tuple[str, ...] | None:
    """Return the keys above a line; None inside a value that began on an earlier line."""
    column = _content_column(lines[line - 1])
    keys: list[str] = []
    for line_text in reversed(lines[1 : line - 1]):
        entry = _ENTRY.fullmatch(line_text)
        if column and entry and len(entry["dashes"]) < column:
            value = entry["value"].strip()
            if value and not value.startswith("#"):
                return None
            keys.append(entry["key"])
            column = _indent(line_text)
    return tuple(reversed(keys))


@dataclass(frozen=True, slots=True)
class _Value:
    """The value of a key or of a list item, and where it starts."""

    text: str
    # The number of characters before it on its line.
    offset: int
    keys: tuple[str, ...]


def _cursor_in_value(value: _Value, line: int, column: int) -> Cursor:
    """Return the whole value, or the item at the column when it is a list in brackets."""
    text, offset = value.text, value.offset
    if text.startswith("["):
        before = column - 1 - offset
        left = max(text.rfind("[", 0, before), text.rfind(",", 0, before)) + 1
        right = next((at for at in range(left, len(text)) if text[at] in ",]"), len(text))
        offset, text = offset + left, text[left:right]
    offset, text = offset + _indent(text), text.lstrip()
    quote = text[:1] if text[:1] in ("'", '"') else ""
    if quote:
        end = text.find(quote, 1)
        word, start = (text[1:end] if end > 0 else text[1:]), offset + 2
    else:
        word, start = ("" if text.startswith("#") else _COMMENT.sub("", text).rstrip()), offset + 1
    return Cursor("value", word, line, start, start + len(word), value.keys, quote)


def _is_boundary(line_text: str, column: int) -> bool:
    """Whether a mapping whose keys start at `column` (from 0) begins or has ended on this line."""
    if line_text.rstrip() == "---":
        return True
    is_outside = "-" in line_text[:column] or _indent(line_text) < column
    return bool(line_text.strip()) and is_outside


def _content_column(line_text: str) -> int:
    """Return the column (from 0) of the first character behind the dashes of list items."""
    match = re.match(r"(?:\s*-(?:\s+|$))*\s*", line_text)
    return match.end() if match else 0


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())
