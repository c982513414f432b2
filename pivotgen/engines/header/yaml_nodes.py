"""Nodes: how libyaml reads a header, and where each of its nodes stands in the file."""

from __future__ import annotations

from typing import Any, NamedTuple

import yaml

from pivotgen.model.header import Written

# The line of the file that a header starts on, under its first ---.
FIRST_LINE = 2
TAGS = "tag:yaml.org,2002:"
NULL = f"{TAGS}null"
TEXT, _SEQUENCE, _MAPPING = (f"{TAGS}{kind}" for kind in ("str", "seq", "map"))
# How YAML 1.2 writes nothing.
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


class Loader(yaml.CSafeLoader):
    """libyaml's parser; only its nodes are used, so no value is ever converted."""

    def resolve(self, kind: type[yaml.Node], value: Any, implicit: Any) -> str:
        """The tag of a node without one: what matters is only whether there is a value at all."""
        if kind is not yaml.ScalarNode:
            return _SEQUENCE if kind is yaml.SequenceNode else _MAPPING
        return NULL if value in _NULLS else TEXT


class Field(NamedTuple):
    """One key of a header: its own node and its value's node."""

    key: yaml.ScalarNode
    value: yaml.Node


def place(node: yaml.Node | yaml.Token) -> tuple[int, int]:
    """Line and column of the first character of a node."""
    return spot(node.start_mark)


def end(node: yaml.Node) -> tuple[int, int]:
    """Just after the last character of a scalar, or of a list in brackets."""
    return spot(node.end_mark)


def spot(mark: yaml.Mark) -> tuple[int, int]:
    """Line and column in the file of a mark that libyaml set in its header."""
    return mark.line + FIRST_LINE, mark.column + 1


def written(node: yaml.ScalarNode, text: str) -> Written:
    """The text that was made of a scalar, with the place where the scalar stands."""
    first, last = node.start_mark, node.end_mark
    length = len(text) + 2 if node.style else len(text)
    as_it_is = first.line == last.line and last.column - first.column == length
    return Written(
        text,
        first.line + FIRST_LINE,
        first.column + 1,
        last.column + 1 if as_it_is else 0,
    )
