"""Neat: the lines of one header in their tidy form, with every comment in its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from pivotgen.engines.header.format_value import TOO_LONG, foldable, wrapped, written
from pivotgen.engines.header.yaml_nodes import Field

_BLOCK = re.compile(r"[|>]-?")
_KEY = re.compile(r"[A-Za-z_]\w*")


class _UnusualError(Exception):
    """An entry that is better left as it was typed."""


class Header:
    """The lines of one header, its nodes, and the comments between them."""

    def __init__(self, lines: list[str], fields: Mapping[str, Field]) -> None:
        self.lines = lines
        self.fields = fields
        self.scalars: dict[int, list[tuple[int, float]]] = {}
        for field in fields.values():
            for node in (field.key, field.value):
                self._cover(node)
        self.comments: dict[int, tuple[int, str]] = {}
        for number, line in enumerate(lines):
            for match in re.finditer(r"(?:^|(?<=[ \t]))#", line):
                at = match.start()
                if not any(a <= at < b for a, b in self.scalars.get(number, ())):
                    self.comments[number] = (at, line[at:].rstrip())
                    break
        # Lines whose comment has found its place.
        self.placed: set[int] = set()

    def tidied(self, keys: Mapping[str, Any]) -> list[str]:
        """The lines with the fields in the order of `keys`, which hold the keys under each."""
        fields = list(self.fields.values())
        if not fields or any(field.key.start_mark.column for field in fields):
            return self.lines
        starts = [field.key.start_mark.line for field in fields]
        parts: dict[str, list[str]] = {}
        # What a blank line parts from the first key is about the file, and stays at its head;
        # what stands below the last key stays last.
        above = self.lines[: starts[0]]
        blanks = [number for number, line in enumerate(above, 1) if not line.strip()]
        top = _comment_lines(above[: max(blanks, default=0)], 0)
        above = above[max(blanks, default=0) :]
        for field, start, end in zip(fields, starts, [*starts[1:], len(self.lines)], strict=True):
            stop = self._last(start, end) + 1
            gap = self.lines[stop:end]
            tail = max(
                (n for n, line in enumerate(gap, 1) if line[:1].isspace() and line.strip()),
                default=0,
            )
            name = str(field.key.value)
            parts[name] = [
                *_comment_lines(above, 0),
                *self._entry(field, start, stop, keys.get(name, {})),
                *_comment_lines(gap[:tail], 2),
            ]
            above = gap[tail:]
        known = [name for name in keys if name in parts]
        names = [*known, *(name for name in parts if name not in keys)]
        lines = [line for name in names for line in parts[name]]
        return [*top, *([""] if top else []), *lines, *_comment_lines(above, 0)]

    def _cover(self, node: yaml.Node) -> None:
        if isinstance(node, yaml.ScalarNode):
            first, last = node.start_mark, node.end_mark
            for number in range(first.line, last.line + 1):
                start = first.column if number == first.line else 0
                end = last.column if number == last.line else float("inf")
                self.scalars.setdefault(number, []).append((start, end))
            return
        for part in node.value:
            for one in part if isinstance(node, yaml.MappingNode) else (part,):
                self._cover(one)

    def _apart(self, number: int) -> bool:
        """Whether a line holds nothing but blanks and perhaps a comment."""
        line = self.lines[number]
        if number in self.comments:
            return not line[: self.comments[number][0]].strip()
        return not line.strip() and number not in self.scalars

    def _last(self, start: int, end: int) -> int:
        """The last line of what starts on `start` and whose successor starts on `end`."""
        while end - 1 > start and self._apart(end - 1):
            end -= 1
        return end - 1

    def _entry(self, field: Field, start: int, stop: int, keys: Mapping[str, Any]) -> list[str]:
        try:
            lines = list(self._pair(field.key, field.value, 0, keys))
            if {n for n in self.comments if start <= n < stop} - self.placed:
                raise _UnusualError
        except _UnusualError:
            return self.lines[start:stop]
        return lines

    def _pair(
        self, key: yaml.Node, value: yaml.Node, indent: int, keys: Mapping[str, Any]
    ) -> Iterator[str]:
        if not isinstance(key, yaml.ScalarNode) or not _KEY.fullmatch(key.value):
            raise _UnusualError
        yield from self._put(f"{' ' * indent}{key.value}:", key, value, indent + 2, keys)

    def _put(
        self, before: str, start: yaml.Node, value: yaml.Node, indent: int, keys: Mapping[str, Any]
    ) -> Iterator[str]:
        """A key or a dash with its value; what takes further lines stands at `indent`."""
        if isinstance(value, yaml.ScalarNode):
            yield from self._scalar(before, value, indent)
        elif not isinstance(value, yaml.CollectionNode):
            raise _UnusualError
        elif value.flow_style and (isinstance(value, yaml.MappingNode) or not value.value):
            raw = self._raw(value)
            yield f"{before} {raw}{self._trailing(value.end_mark.line)}"
        elif isinstance(value, yaml.SequenceNode):
            line = value.end_mark.line if value.flow_style else start.start_mark.line
            yield f"{before}{self._trailing(line)}"
            for item in value.value:
                yield from self._leading(item.start_mark.line, indent, bool(value.flow_style))
                yield from self._item(item, indent, keys)
        else:
            yield f"{before}{self._trailing(start.start_mark.line)}"
            yield from self._pairs(value, indent, keys)

    def _item(self, item: yaml.Node, indent: int, keys: Mapping[str, Any]) -> Iterator[str]:
        dash = f"{' ' * indent}-"
        if isinstance(item, yaml.SequenceNode):
            raise _UnusualError
        if not isinstance(item, yaml.MappingNode) or item.flow_style:
            yield from self._put(dash, item, item, indent + 2, keys)
            return
        lines = list(self._pairs(item, indent + 2, keys))
        # Comments on the key that comes first now stand above the dash.
        while not lines[0].strip() or lines[0].lstrip().startswith("#"):
            yield f"{' ' * indent}{lines.pop(0).strip()}".rstrip()
        yield f"{dash} {lines[0].lstrip()}"
        yield from lines[1:]

    def _pairs(self, node: yaml.Node, indent: int, keys: Mapping[str, Any]) -> Iterator[str]:
        pairs = {str(key.value): (key, value) for key, value in node.value}
        if len(pairs) != len(node.value):
            raise _UnusualError
        known = [name for name in keys if name in pairs]
        first = min(key.start_mark.line for key, _ in node.value)
        for name in [*known, *(name for name in pairs if name not in keys)]:
            key, value = pairs[name]
            if key.start_mark.line != first:
                yield from self._leading(key.start_mark.line, indent, False)
            yield from self._pair(key, value, indent, keys.get(name, {}))

    def _leading(self, line: int, indent: int, flow: bool) -> Iterator[str]:
        """The comments and blank lines right above a line."""
        start = line
        while not flow and start and self._apart(start - 1):
            start -= 1
        self.placed |= set(range(start, line))
        yield from _comment_lines(self.lines[start:line], indent)

    def _trailing(self, line: int) -> str:
        if line not in self.comments or line in self.placed or self._apart(line):
            return ""
        self.placed.add(line)
        return f"  {self.comments[line][1]}"

    def _raw(self, node: yaml.Node) -> str:
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
            text = written(self._raw(node), node)
        elif "\n" in node.value or node.value != node.value.strip():
            raise _UnusualError
        else:
            text = written("", node)
        comment = self._trailing(line)
        whole = f"{before} {text}".rstrip()
        if text and len(whole) <= TOO_LONG:
            yield f"{whole}{comment}"
        elif not text and not node.value and not node.style:
            yield f"{before}{comment}"
        elif comment or not foldable(node.value):
            if not text:
                raise _UnusualError
            yield f"{whole}{comment}"
        else:
            yield f"{before} >-"
            yield from wrapped(node.value, indent)

    def _block(self, before: str, node: yaml.ScalarNode, indent: int) -> Iterator[str]:
        start, end = node.start_mark, node.end_mark
        kind = self.lines[start.line][start.column :].rstrip()
        last = end.line if end.column else end.line - 1
        lines = self.lines[start.line + 1 : last + 1]
        while lines and not lines[-1].strip():
            lines.pop()
        depths = [len(line) - len(line.lstrip(" ")) for line in lines if line.strip()]
        if not _BLOCK.fullmatch(kind) or not lines or depths[0] != min(depths):
            raise _UnusualError
        lines = [line[min(depths) :] for line in lines]
        yield f"{before} {kind}"
        long = any(len(line) + indent > TOO_LONG for line in lines)
        odd = any(line[:1].isspace() or line != line.rstrip() for line in lines if line)
        if not long or odd or kind.startswith("|"):
            yield from (f"{' ' * indent}{line}" if line else "" for line in lines)
            return
        for paragraph in re.split(r"(\n\n+)", "\n".join(lines)):
            if paragraph.startswith("\n"):
                yield from [""] * (len(paragraph) - 1)
            else:
                yield from wrapped(paragraph.replace("\n", " "), indent)


def _comment_lines(lines: list[str], indent: int) -> list[str]:
    """Comments at their new indentation; of the blank lines only one between two comments stays."""
    text = "\n".join(line.strip() for line in lines).strip("\n")
    tidied = re.sub(r"\n\n+", "\n\n", text).split("\n") if text else []
    return [f"{' ' * indent}{line}" if line else "" for line in tidied]
