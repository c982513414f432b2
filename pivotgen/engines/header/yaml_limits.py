"""Tricks: tags, aliases and deep nesting, which YAML has and a header has no use for."""

from __future__ import annotations

import re

import yaml

from pivotgen.engines.header.yaml_errors import in_quotes
from pivotgen.engines.header.yaml_nodes import FIRST_LINE, TAGS, Loader, place
from pivotgen.model.problem import Problem

# More brackets than any header needs; deeper nesting could exhaust the parser.
_MOST_BRACKETS = 400
# Far more levels than any header needs; whoever walks the nodes may recurse.
_DEEPEST = 40
# What starts a tag, an anchor or an alias where a value may begin, and what comes before a value.
_TRICKS = "!&*"
_BEFORE_VALUE = "\n[{,:?-"
# Where values may stand inside each other more deeply than a header needs.
_INDENT = 12
_NESTED = re.compile(rf"\n[ ?-]{{{_INDENT}}}")


def overfull(header: str) -> bool:
    """Whether a header is so full of brackets that the parser had better not see it."""
    return header.count("[") + header.count("{") > _MOST_BRACKETS


def too_deep(path: str, at: tuple[int, int] = (FIRST_LINE, 1)) -> Problem:
    """The problem of values that stand inside each other too deeply."""
    return Problem(path, *at, "yaml-syntax", "the frontmatter is nested too deeply")


def trick(path: str, header: str, node: yaml.Node) -> Problem | None:
    """What is wrong with a header, given as text and as its node, that is more than plain text.

    Aliases can explode, so whoever follows the nodes should ask here first.
    """
    return _found(path, header, node) if _is_tricky(header) else None


def _is_tricky(header: str) -> bool:
    """Whether a header may hold tags, aliases or deep nesting: a quick look that misses none."""
    if "[" in header or "{" in header or _NESTED.search(f"\n{header}"):
        return True
    for mark in _TRICKS:
        at = header.find(mark)
        while at >= 0:
            before = header[max(at - _INDENT, 0) : at].rstrip(" \t")
            if not before or before[-1] in _BEFORE_VALUE:
                return True
            at = header.find(mark, at + 1)
    return False


def _found(path: str, header: str, node: yaml.Node) -> Problem | None:
    seen: set[int] = set()
    waiting = [(node, 0)]
    while waiting:
        one, depth = waiting.pop()
        if depth > _DEEPEST:
            return too_deep(path, place(one))
        if id(one) in seen:
            return _alias(path, header)
        seen.add(id(one))
        if not one.tag.startswith(TAGS) or one.tag.startswith(f"{TAGS}python"):
            return _tag(path, header, one)
        if isinstance(one, yaml.MappingNode):
            for key, value in one.value:
                waiting += ((key, depth + 1), (value, depth + 1))
        elif isinstance(one, yaml.SequenceNode):
            waiting += ((item, depth + 1) for item in one.value)
    return None


def _alias(path: str, header: str) -> Problem:
    tokens = yaml.scan(header, Loader=Loader)
    aliases = (place(token) for token in tokens if isinstance(token, yaml.AliasToken))
    return Problem(
        path,
        *next(aliases, (FIRST_LINE, 1)),
        "yaml-alias",
        "`*` at the start of a value makes it a YAML alias, which pivotgen does not use",
        "write the text out, or put it in quotes if it should start with a star",
    )


def _tag(path: str, header: str, node: yaml.Node) -> Problem:
    return Problem(
        path,
        *place(node),
        "yaml-tag",
        f"`{node.tag}` is a YAML tag, which pivotgen does not use",
        "put the text in quotes if it should start with an exclamation mark",
        edits=in_quotes(path, header, place(node)) if node.tag.startswith("!") else (),
    )
