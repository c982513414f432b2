"""YAML limits: reports tags, aliases and deep nesting, which a header may not use."""

from __future__ import annotations

import re

import yaml

from pivotgen.engines.header.yaml_errors import quote_value
from pivotgen.engines.header.yaml_nodes import FIRST_LINE, TAGS, Loader, start_of
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


def has_too_many_brackets(header: str) -> bool:
    """Whether the text of a header has so many brackets that it must not reach the parser."""
    return header.count("[") + header.count("{") > _MAX_BRACKETS


def nesting_problem(path: str, place: tuple[int, int] = (FIRST_LINE, 1)) -> Problem:
    """Return the problem of values that are nested too deeply."""
    return Problem(path, *place, "yaml-syntax", "the frontmatter is nested too deeply")


def limit_problem(path: str, header: str, node: yaml.Node) -> Problem | None:
    """Return the first tag, alias or deep nesting in a header, or None.

    `header` is its text and `node` its root. Call this before any code that follows the nodes,
    because nested aliases can expand to an enormous number of them.
    """
    return _search(path, header, node) if _may_exceed(header) else None


def _may_exceed(header: str) -> bool:
    """Whether a header may hold tags, aliases or deep nesting.

    This is a fast search of the text. It may report too much, but it misses nothing.
    """
    if "[" in header or "{" in header or _NESTED.search(f"\n{header}"):
        return True
    for mark in _MARKS:
        at = header.find(mark)
        while at >= 0:
            before = header[max(at - _INDENT, 0) : at].rstrip(" \t")
            if not before or before[-1] in _BEFORE_VALUE:
                return True
            at = header.find(mark, at + 1)
    return False


def _search(path: str, header: str, root: yaml.Node) -> Problem | None:
    seen: set[int] = set()
    waiting = [(root, 0)]
    while waiting:
        node, depth = waiting.pop()
        if depth > _MAX_DEPTH:
            return nesting_problem(path, start_of(node))
        # libyaml gives an alias the very node that it repeats.
        if id(node) in seen:
            return _alias_problem(path, header)
        seen.add(id(node))
        if not node.tag.startswith(TAGS) or node.tag.startswith(f"{TAGS}python"):
            return _tag_problem(path, header, node)
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                waiting += ((key, depth + 1), (value, depth + 1))
        elif isinstance(node, yaml.SequenceNode):
            waiting += ((item, depth + 1) for item in node.value)
    return None


def _alias_problem(path: str, header: str) -> Problem:
    tokens = yaml.scan(header, Loader=Loader)
    aliases = (start_of(token) for token in tokens if isinstance(token, yaml.AliasToken))
    return Problem(
        path,
        *next(aliases, (FIRST_LINE, 1)),
        "yaml-alias",
        "`*` at the start of a value makes it a YAML alias, which pivotgen does not use",
        "write the text out, or put it in quotes if it should start with a star",
    )


def _tag_problem(path: str, header: str, node: yaml.Node) -> Problem:
    return Problem(
        path,
        *start_of(node),
        "yaml-tag",
        f"`{node.tag}` is a YAML tag, which pivotgen does not use",
        "put the text in quotes if it should start with an exclamation mark",
        edits=quote_value(path, header, start_of(node)) if node.tag.startswith("!") else (),
    )
