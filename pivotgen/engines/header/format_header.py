"""Format a header: its lines in the standard form, with every comment at its entry."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from pivotgen.engines.header.comments import Comments, indent_comments
from pivotgen.engines.header.yaml_nodes import TEXT, Field

# Folded lines get at most this many characters.
_WIDTH = 160
# Only a longer line is folded: a line that an author broke a few words late may stay.
_TOO_LONG = 180
# A blank at which a line can be broken without a change of the folded text.
_BREAK = re.compile(r"(?<=\S) (?=\S)")
# The marks of block texts that we can write again without a change of their meaning.
_BLOCK_MARK = re.compile(r"[|>]-?")
_KEY = re.compile(r"[A-Za-z_]\w*")
# The key that a command writes, on one line so that versions of it are easy to join.
_MARKS = "translated"
# The key with the site's own keys.
_EXTRA = "extra"


def format_header(
    lines: list[str], fields: Mapping[str, Field], order: Mapping[str, Any]
) -> list[str]:
    """Return the lines of a header in the standard form.

    `fields` are its YAML nodes, by key. `order` holds the known keys in their order, each with the
    keys inside it; unknown keys come last.
    """
    entries = list(fields.values())
    if not entries or any(entry.key.start_mark.column for entry in entries):
        return lines
    header = _Header(lines, Comments(lines, entries))
    starts = [entry.key.start_mark.line for entry in entries]
    # A comment above the first key belongs to the file, and not to the key, when a blank line
    # comes after it. Comments below the last key stay last.
    above = lines[: starts[0]]
    head_end = max((n for n, line in enumerate(above, 1) if not line.strip()), default=0)
    head, above = indent_comments(above[:head_end], 0), above[head_end:]
    formatted: dict[str, list[str]] = {}
    for entry, start, end in zip(entries, starts, [*starts[1:], len(lines)], strict=True):
        stop = header.comments.last_line_of(start, end) + 1
        between = lines[stop:end]
        # Indented comments between two entries belong to the first of them.
        own_end = max(
            (n for n, line in enumerate(between, 1) if line[:1].isspace() and line.strip()),
            default=0,
        )
        name = str(entry.key.value)
        formatted[name] = [
            *indent_comments(above, 0),
            *header.entry(entry, start, stop, order.get(name, {})),
            *indent_comments(between[:own_end], 2),
        ]
        above = between[own_end:]
    body = [line for name in _sorted_names(formatted, order) for line in formatted[name]]
    return [*head, *([""] if head else []), *body, *indent_comments(above, 0)]


class _UnusualError(Exception):
    """An entry that must stay as it was typed, because a change could lose something."""


class _Header:
    """The lines of one header and its comments. Methods yield the new lines of one node."""

    def __init__(self, lines: list[str], comments: Comments) -> None:
        self.lines = lines
        self.comments = comments
        # Whether quotes may make another value, as they do among a site's own keys.
        self.keeps_quotes = False

    def entry(self, field: Field, start: int, stop: int, order: Mapping[str, Any]) -> list[str]:
        """Return the new lines of a top-level entry, which takes the lines `start` to `stop`."""
        self.keeps_quotes = field.key.value == _EXTRA
        if field.key.value == _MARKS:
            return self.lines[start:stop]
        try:
            lines = list(self._pair(field.key, field.value, 0, order))
        except _UnusualError:
            return self.lines[start:stop]
        return self.lines[start:stop] if self.comments.any_lost(start, stop) else lines

    def _pair(
        self, key: yaml.Node, value: yaml.Node, indent: int, order: Mapping[str, Any]
    ) -> Iterator[str]:
        if not isinstance(key, yaml.ScalarNode) or not _KEY.fullmatch(key.value):
            raise _UnusualError
        yield from self._value(f"{' ' * indent}{key.value}:", key, value, indent + 2, order)

    def _value(
        self, before: str, start: yaml.Node, value: yaml.Node, indent: int, order: Mapping[str, Any]
    ) -> Iterator[str]:
        """Yield a value behind its key or dash (`before`); its further lines get `indent`."""
        if isinstance(value, yaml.ScalarNode):
            yield from self._scalar(before, value, indent)
        elif not isinstance(value, yaml.CollectionNode):
            raise _UnusualError
        elif value.flow_style and (isinstance(value, yaml.MappingNode) or not value.value):
            comment = self.comments.place_behind(value.end_mark.line)
            yield f"{before} {self._typed(value)}{comment}"
        elif isinstance(value, yaml.SequenceNode):
            line = value.end_mark.line if value.flow_style else start.start_mark.line
            yield f"{before}{self.comments.place_behind(line)}"
            for item in value.value:
                # Inside brackets, the line above an item belongs to no item.
                if not value.flow_style:
                    yield from self.comments.place_above(item.start_mark.line, indent)
                yield from self._item(item, indent, order)
        else:
            yield f"{before}{self.comments.place_behind(start.start_mark.line)}"
            yield from self._pairs(value, indent, order)

    def _item(self, item: yaml.Node, indent: int, order: Mapping[str, Any]) -> Iterator[str]:
        dash = f"{' ' * indent}-"
        if isinstance(item, yaml.SequenceNode):
            raise _UnusualError
        if not isinstance(item, yaml.MappingNode) or item.flow_style:
            yield from self._value(dash, item, item, indent + 2, order)
            return
        lines = list(self._pairs(item, indent + 2, order))
        # A comment above the key that is now first goes above the dash.
        while not lines[0].strip() or lines[0].lstrip().startswith("#"):
            yield f"{' ' * indent}{lines.pop(0).strip()}".rstrip()
        yield f"{dash} {lines[0].lstrip()}"
        yield from lines[1:]

    def _pairs(self, node: yaml.Node, indent: int, order: Mapping[str, Any]) -> Iterator[str]:
        pairs = {str(key.value): (key, value) for key, value in node.value}
        if len(pairs) != len(node.value):
            raise _UnusualError
        first = min(key.start_mark.line for key, _ in node.value)
        for name in _sorted_names(pairs, order):
            key, value = pairs[name]
            if key.start_mark.line != first:
                yield from self.comments.place_above(key.start_mark.line, indent)
            yield from self._pair(key, value, indent, order.get(name, {}))

    def _typed(self, node: yaml.Node) -> str:
        """Return a value of one line as it was typed."""
        start, end = node.start_mark, node.end_mark
        if start.line != end.line:
            raise _UnusualError
        return self.lines[start.line][start.column : end.column]

    def _scalar(self, before: str, node: yaml.ScalarNode, indent: int) -> Iterator[str]:
        if node.style in ("|", ">"):
            yield from self._block(before, node, indent)
            return
        line = node.end_mark.line
        if node.start_mark.line == line:
            typed = self._typed(node)
            text = typed if self.keeps_quotes else _one_line(typed, node)
        elif "\n" in node.value or node.value != node.value.strip():
            raise _UnusualError
        else:
            text = _one_line("", node)
        comment = self.comments.place_behind(line)
        whole = f"{before} {text}".rstrip()
        if text and len(whole) <= _TOO_LONG:
            yield f"{whole}{comment}"
        elif not text and not node.value and not node.style:
            yield f"{before}{comment}"
        elif comment or not _can_fold(node.value):
            if not text:
                raise _UnusualError
            yield f"{whole}{comment}"
        else:
            yield f"{before} >-"
            yield from _fold(node.value, indent)

    def _block(self, before: str, node: yaml.ScalarNode, indent: int) -> Iterator[str]:
        """Yield a text that stands below its mark, | or >."""
        start, end = node.start_mark, node.end_mark
        mark = self.lines[start.line][start.column :].rstrip()
        last = end.line if end.column else end.line - 1
        lines = self.lines[start.line + 1 : last + 1]
        while lines and not lines[-1].strip():
            lines.pop()
        depths = [len(line) - len(line.lstrip(" ")) for line in lines if line.strip()]
        if not _BLOCK_MARK.fullmatch(mark) or not lines or depths[0] != min(depths):
            raise _UnusualError
        lines = [line[min(depths) :] for line in lines]
        yield f"{before} {mark}"
        is_long = any(len(line) + indent > _TOO_LONG for line in lines)
        has_blanks = any(line[:1].isspace() or line != line.rstrip() for line in lines if line)
        if not is_long or has_blanks or mark.startswith("|"):
            yield from (f"{' ' * indent}{line}" if line else "" for line in lines)
            return
        for paragraph in re.split(r"(\n\n+)", "\n".join(lines)):
            if paragraph.startswith("\n"):
                yield from [""] * (len(paragraph) - 1)
            else:
                yield from _fold(paragraph.replace("\n", " "), indent)


def _one_line(typed: str, node: yaml.ScalarNode) -> str:
    """Return a value on one line: without quotes where possible, else as it was typed.

    `typed` is "" when it took several lines. "" means that the value cannot stand on one line.
    """
    value = str(node.value)
    if not node.style and typed:
        return typed
    if not value.isprintable() or value != value.strip() or not value:
        return typed
    if _is_plain(value):
        return value
    if '"' not in value and "\\" not in value:
        return f'"{value}"'
    return typed if typed.startswith("'") or "'" in value else f"'{value}'"


def _is_plain(value: str) -> bool:
    """Whether YAML reads `value` without quotes as this very text, after a key and in a list."""
    for line in (f"k: {value}\n", f"- {value}\n"):
        try:
            node = yaml.compose(line, Loader=yaml.CSafeLoader)
        except yaml.YAMLError:
            return False
        if not isinstance(node, yaml.CollectionNode):
            return False
        inner = node.value[0][1] if isinstance(node, yaml.MappingNode) else node.value[0]
        if not isinstance(inner, yaml.ScalarNode) or (inner.tag, inner.value) != (TEXT, value):
            return False
    return True


def _can_fold(value: str) -> bool:
    """Whether a value can stand on several lines that YAML joins to the same text."""
    return value.isprintable() and value == value.strip() and bool(_BREAK.search(value))


def _fold(text: str, indent: int) -> Iterator[str]:
    """Yield the words of a text in lines of at most `_WIDTH`; only a single word may be longer."""
    line = ""
    for word in _BREAK.split(text):
        if line and indent + len(line) + 1 + len(word) > _WIDTH:
            yield f"{' ' * indent}{line}"
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield f"{' ' * indent}{line}"


def _sorted_names(names: Mapping[str, Any], order: Mapping[str, Any]) -> list[str]:
    """Return the names in the given order, and then those that are not in it."""
    return [*(name for name in order if name in names), *(n for n in names if n not in order)]
