"""YAML limits: finds tags, anchors, aliases and deep nesting, which a header may not use."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import yaml

from pivotgen.engines.header.faults import Fault, Reading
from pivotgen.engines.header.header_lines import header_line, quoted
from pivotgen.engines.header.yaml_nodes import FIRST_LINE, start_of, tokens_of
from pivotgen.engines.yaml_messages import PlainWords
from pivotgen.model.problem import Problem

# No header needs so many brackets, and deeper nesting could exhaust the parser.
_MAX_BRACKETS = 400
# No header needs so many levels. Code that walks the nodes may therefore be recursive.
_MAX_DEPTH = 40
# The first character of a tag, an anchor or an alias, and what may stand before a value.
_MARKS = "!&*"
_BEFORE_VALUE = "\n[{,:?-"
# A line that is indented this far may hold values that are nested too deeply.
_INDENT = 12
_NESTED = re.compile(rf"\n[ ?-]{{{_INDENT}}}")
# A tag that was meant as one, and not as text that starts with exclamation marks.
_MEANT = re.compile(r"!<|!![a-z/_:]+$|!!python")
_ALIAS = PlainWords(
    "`*` at the start of a value makes it a YAML alias, which pivotgen does not use",
    "write the text out, or put it in quotes if it should start with a star",
)


def has_too_many_brackets(header: str) -> bool:
    """Whether the text of a header has so many brackets that it must not reach the parser."""
    return header.count("[") + header.count("{") > _MAX_BRACKETS


def nesting_problem(path: str, place: tuple[int, int] = (FIRST_LINE, 1)) -> Problem:
    """Return the problem of values that are nested too deeply."""
    return Problem(path, *place, "yaml-syntax", "the frontmatter is nested too deeply")


def too_deep(path: str, header: str, root: yaml.Node) -> Problem | None:
    """Return the problem of the first value that is nested too deeply, or None."""
    if "[" not in header and "{" not in header and not _NESTED.search(f"\n{header}"):
        return None
    waiting = [(root, 0)]
    while waiting:
        node, depth = waiting.pop()
        if depth > _MAX_DEPTH:
            return nesting_problem(path, start_of(node))
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                waiting += ((key, depth + 1), (value, depth + 1))
        elif isinstance(node, yaml.SequenceNode):
            waiting += ((item, depth + 1) for item in node.value)
    return None


def may_have_marks(header: str) -> bool:
    """Whether a header may hold tags, anchors or aliases.

    This is a fast search of the text. It may report too much, but it misses nothing.
    """
    for mark in _MARKS:
        at = header.find(mark)
        while at >= 0:
            before = header[max(at - _INDENT, 0) : at].rstrip(" \t")
            if not before or before[-1] in _BEFORE_VALUE:
                return True
            at = header.find(mark, at + 1)
    return False


def marks(reading: Reading) -> Iterator[Fault]:
    """Yield the first tag, anchor or alias of each line that YAML would swallow.

    Do this before any code that follows the nodes, because nested aliases can expand to an
    enormous number of them. The lines must be YAML.
    """
    kinds = yaml.TagToken | yaml.AnchorToken | yaml.AliasToken
    tokens = [token for token in tokens_of(reading.text) if isinstance(token, kinds)]
    if any(isinstance(token, yaml.AliasToken) for token in tokens):
        yield from _aliases(reading, tokens)
        return
    seen = set()
    for token in tokens:
        line, column = token.start_mark.line, token.start_mark.column
        if line in seen:
            continue
        seen.add(line)
        typed = reading.lines[line][column : token.end_mark.column]
        if isinstance(token, yaml.TagToken):
            fixed = {} if _MEANT.match(typed) else _in_quotes(reading, line)
            yield reading.fault((line, column), _tag_words(typed), fixed, "yaml-tag")
        else:
            words = _anchor_words(typed)
            yield reading.fault((line, column), words, _in_quotes(reading, line), "yaml-alias")


def _aliases(reading: Reading, tokens: Sequence[yaml.Token]) -> Iterator[Fault]:
    """Yield the first alias of each line. What aliases repeat is not reported as well."""
    anchors = {token.start_mark.line for token in tokens if isinstance(token, yaml.AnchorToken)}
    stand_ins = {line: reading.without_value(line) for line in anchors}
    seen = set()
    for token in tokens:
        line, column = token.start_mark.line, token.start_mark.column
        if line not in seen and isinstance(token, yaml.AliasToken):
            seen.add(line)
            fault = reading.fault((line, column), _ALIAS, {}, "yaml-alias")
            yield replace(fault, stand_ins=fault.stand_ins | stand_ins)


def _in_quotes(reading: Reading, line: int) -> dict[int, str]:
    parts = header_line(reading.lines[line])
    end = parts.value_column + len(parts.value)
    if not parts.starts_value or " #" in parts.value:
        return {}
    new = quoted(reading.lines[line], parts.value_column, end)
    return {line: new} if new else {}


def _tag_words(typed: str) -> PlainWords:
    return PlainWords(
        f"`{typed}` is a YAML tag, which pivotgen does not use",
        "put the text in quotes if it should start with an exclamation mark",
    )


def _anchor_words(typed: str) -> PlainWords:
    return PlainWords(
        f"`{typed}` is a YAML anchor, which pivotgen does not use",
        "put the text in quotes if it should start with an ampersand",
    )
