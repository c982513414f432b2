"""Righting: the edits that put a wrong value of a header right, where only one thing can be meant.

Each function takes the path of the file and the node at fault; what it returns is empty where the
author has to look.
"""

from __future__ import annotations

import re

import yaml

from pivotgen.engines.header.yaml_nodes import Field, end, place, written
from pivotgen.model.edit import Edit, respelled


def spelled(path: str, node: yaml.Node, text: str | None) -> tuple[Edit, ...]:
    """The edit that puts `text` (a word without quotes) in the place of a value."""
    if text is None or not isinstance(node, yaml.ScalarNode):
        return ()
    return respelled(path, written(node, node.value), text)


def replaced(path: str, node: yaml.Node, text: str | None) -> tuple[Edit, ...]:
    """The edit that puts `text` in the place of a value and of its quotes."""
    if text is None or not isinstance(node, yaml.ScalarNode):
        return ()
    if not written(node, node.value).end_column:
        return ()
    return (Edit(path, *place(node), *end(node), text),)


def put_first(path: str, node: yaml.ScalarNode, text: str) -> tuple[Edit, ...]:
    """The edit that puts `text` before a value, inside its quotes."""
    line, column = place(node)
    if not written(node, node.value).end_column:
        return ()
    start = (line, column + 1) if node.style else (line, column)
    return (Edit(path, *start, *start, text),)


def listed(path: str, field: Field, form: str) -> tuple[Edit, ...]:
    """The edit that makes a list of one item of a text of this form on its key's line."""
    name, node = field
    if not isinstance(node, yaml.ScalarNode) or name.start_mark.column:
        return ()
    one_line = name.start_mark.line == node.start_mark.line == node.end_mark.line
    # A sentence may have commas; a name with one is probably several names.
    if not one_line or (form != "inline" and re.search("[,;]", node.value)):
        return ()
    return (Edit(path, *end(name), *place(node), ":\n  - "),)


def unwrapped(path: str, node: yaml.Node) -> tuple[Edit, ...]:
    """The edits that take the brackets from a list of one text."""
    if not isinstance(node, yaml.SequenceNode) or not node.flow_style or len(node.value) != 1:
        return ()
    [item] = node.value
    # What needs no quotes in a list needs none outside it.
    if not isinstance(item, yaml.ScalarNode) or node.start_mark.line != node.end_mark.line:
        return ()
    before = Edit(path, *place(node), *place(item), "")
    return before, Edit(path, *end(item), *end(node), "")


def quoted(path: str, node: yaml.Node) -> tuple[Edit, ...]:
    """The edits that put quotes around a text that a colon made a key of."""
    if not isinstance(node, yaml.MappingNode) or node.flow_style or len(node.value) != 1:
        return ()
    [(name, value)] = node.value
    words = [one for one in (name, value) if isinstance(one, yaml.ScalarNode) and not one.style]
    if len(words) != 2 or name.start_mark.line != value.end_mark.line or not value.value:
        return ()
    if re.search(r'["\\]', f"{name.value}{value.value}"):
        return ()
    first, last = place(name), end(value)
    return Edit(path, *first, *first, '"'), Edit(path, *last, *last, '"')
