"""YAML nodes: how libyaml reads a header, and where each node stands in the file.

A place is a line and a column of the file. Both count from 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import yaml
from yaml._yaml import CParser

from pivotgen.model.header import Written

# A header starts on this line of its file, because --- is the first line.
FIRST_LINE = 2
TAGS = "tag:yaml.org,2002:"
NULL = f"{TAGS}null"
TEXT, _SEQUENCE, _MAPPING = (f"{TAGS}{kind}" for kind in ("str", "seq", "map"))
# The spellings of null in the core schema of YAML 1.2 (section 10.3.2 of its specification).
NULLS = frozenset({"", "~", "null", "Null", "NULL"})


class _Loader(CParser):
    """The parser of libyaml. Only its nodes are used, so YAML never converts a value."""

    def descend_resolver(self, parent: yaml.Node | None, index: Any) -> None:
        """Do nothing: the tag of a node does not depend on where it stands."""

    def ascend_resolver(self) -> None:
        """Do nothing either."""

    def resolve(self, kind: type[yaml.Node], value: Any, implicit: Any) -> str:
        """Return the tag of a node without one. Every scalar is either null or text."""
        if kind is not yaml.ScalarNode:
            return _SEQUENCE if kind is yaml.SequenceNode else _MAPPING
        return NULL if value in NULLS else TEXT


def compose(header: str) -> yaml.Node | None:
    """Return the node of a header; it raises what libyaml raises."""
    loader = _Loader(header)
    try:
        return loader.get_single_node()
    finally:
        loader.dispose()


def tokens_of(header: str) -> Iterator[yaml.Token]:
    """Yield the tokens of a header that is YAML."""
    loader = _Loader(header)
    try:
        while token := loader.get_token():
            yield token
    finally:
        loader.dispose()


class Field(NamedTuple):
    """One key of a header: the node of the key and the node of its value."""

    key: yaml.ScalarNode
    value: yaml.Node


def start_of(node: yaml.Node | yaml.Token) -> tuple[int, int]:
    """Return the place of the first character of a node."""
    return place_of(node.start_mark)


def end_of(node: yaml.Node) -> tuple[int, int]:
    """Return the place just after the last character of a scalar or of a list in brackets."""
    return place_of(node.end_mark)


def place_of(mark: yaml.Mark) -> tuple[int, int]:
    """Return the place in the file of a mark, which libyaml counts from 0 in the header."""
    return mark.line + FIRST_LINE, mark.column + 1


def to_written(node: yaml.ScalarNode, text: str) -> Written:
    """Return `text`, which was made from a scalar, with the place of that scalar.

    `end_column` is set only when the scalar is on one line and holds exactly `text`.
    """
    first, last = node.start_mark, node.end_mark
    length = len(text) + 2 if node.style else len(text)
    is_verbatim = first.line == last.line and last.column - first.column == length
    return Written(
        text,
        first.line + FIRST_LINE,
        first.column + 1,
        last.column + 1 if is_verbatim else 0,
    )
