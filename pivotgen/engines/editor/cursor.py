"""Cursor: what stands at one place of a content file, however unfinished the file is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pivotgen.model.workspace import lines_of

_ENTRY = re.compile(
    r"(?P<dashes>(?:\s*-\s+)*\s*)(?P<key>[\w-]+)(?P<colon>\s*:(?:\s+|$))(?P<value>.*)"
)
_ITEM = re.compile(r"(?P<dashes>\s*-(?:\s+|$))(?P<value>.*)")
_UNFINISHED = re.compile(r"(?P<dashes>(?:\s*-\s+)*\s*)(?P<key>[\w-]*)\s*")
_TARGET = re.compile(r"\]\(\s*<?(?P<target>[^)\s>]*)")
_COMMENT = re.compile(r"\s+#.*$")


@dataclass(frozen=True, slots=True)
class Cursor:
    """What stands at a place: columns count characters from 1, `end` is just after the last."""

    # "key", "value" (of a key or of an item in a list), "link" (its target), or "text".
    kind: str
    # The whole word, without quotes; it may be empty.
    word: str
    line: int
    start: int
    end: int
    # The keys that it stands under, the outermost first; of a value its own key is the last.
    keys: tuple[str, ...] = ()
    # The quote that the word stands in, or "".
    quote: str = ""


def cursor(text: str, line: int, column: int) -> Cursor:
    """What stands at `line` and `column`; half a key, half a link and broken YAML are all right."""
    lines = lines_of(text)
    words = lines[line - 1] if 0 < line <= len(lines) else ""
    for match in _TARGET.finditer(words):
        start, end = match.span("target")
        if start < column <= end + 1:
            return Cursor("link", match["target"], line, start + 1, end + 1)
    if not _in_header(lines, line):
        return Cursor("text", "", line, column, column)
    return _header(lines, line, column)


def siblings(text: str, line: int) -> set[str]:
    """The other keys that are written in the same mapping as what begins on `line`."""
    lines = lines_of(text)
    depth = _depth(lines[line - 1])
    first = last = line - 1
    while first > 1 and not _opens(lines[first], depth):
        first -= 1
    while last + 1 < len(lines) and not _opens(lines[last + 1], depth):
        last += 1
    entries = {at: _ENTRY.fullmatch(lines[at]) for at in range(first, last + 1) if at != line - 1}
    return {one["key"] for one in entries.values() if one and len(one["dashes"]) == depth}


def _opens(words: str, depth: int) -> bool:
    """Whether a mapping whose keys stand at `depth` begins or has ended with this line."""
    if words.rstrip() == "---":
        return True
    return bool(words.strip()) and ("-" in words[:depth] or _indent(words) < depth)


def _in_header(lines: list[str], line: int) -> bool:
    if line < 2 or lines[0].removeprefix("\ufeff").rstrip() != "---":
        return False
    return all(one.rstrip() != "---" for one in lines[1:line])


def _header(lines: list[str], line: int, column: int) -> Cursor:
    words = lines[line - 1]
    keys = _above(lines, line)
    if keys is None:
        return Cursor("text", "", line, column, column)
    if entry := _ENTRY.fullmatch(words):
        start, end = entry.span("key")
        if column <= end + 1:
            return Cursor("key", entry["key"], line, start + 1, end + 1, keys)
        return _value(entry["value"], entry.start("value"), line, column, (*keys, entry["key"]))
    if (unfinished := _UNFINISHED.fullmatch(words)) and (
        "-" not in unfinished["dashes"] or keys[-1:] in (("faqs",), ("sources",), ("allow",))
    ):
        start, end = unfinished.span("key")
        return Cursor("key", unfinished["key"], line, start + 1, end + 1, keys)
    if item := _ITEM.fullmatch(words):
        return _value(item["value"], item.start("value"), line, column, keys)
    return Cursor("text", "", line, column, column)


def _above(lines: list[str], line: int) -> tuple[str, ...] | None:
    """The keys that a line stands under; None inside a value that began on an earlier line."""
    depth = _depth(lines[line - 1])
    keys: list[str] = []
    for words in reversed(lines[1 : line - 1]):
        entry = _ENTRY.fullmatch(words)
        if depth and entry and len(entry["dashes"]) < depth:
            value = entry["value"].strip()
            if value and not value.startswith("#"):
                return None
            keys.append(entry["key"])
            depth = _indent(words)
    return tuple(reversed(keys))


def _value(value: str, offset: int, line: int, column: int, keys: tuple[str, ...]) -> Cursor:
    """The part of a value that the column is in: all of it, or one item between brackets."""
    if value.startswith("["):
        before = column - 1 - offset
        left = max(value.rfind("[", 0, before), value.rfind(",", 0, before)) + 1
        right = next((at for at in range(left, len(value)) if value[at] in ",]"), len(value))
        offset, value = offset + left, value[left:right]
    lead = len(value) - len(value.lstrip())
    offset, value = offset + lead, value[lead:]
    quote = value[:1] if value[:1] in ("'", '"') else ""
    if quote:
        end = value.find(quote, 1)
        inner = value[1:end] if end > 0 else value[1:]
        return Cursor("value", inner, line, offset + 2, offset + 2 + len(inner), keys, quote)
    inner = "" if value.startswith("#") else _COMMENT.sub("", value).rstrip()
    return Cursor("value", inner, line, offset + 1, offset + 1 + len(inner), keys)


def _indent(words: str) -> int:
    return len(words) - len(words.lstrip())


def _depth(words: str) -> int:
    """Where what a line says begins, behind the dashes of items."""
    match = re.match(r"(?:\s*-(?:\s+|$))*\s*", words)
    return match.end() if match else 0
