"""Fixes: the edits that correct a wrong value of a header, where only one correction is possible.

Each function takes the path of the file and the wrong node. It returns no edits where the author
has to decide.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import yaml

from pivotgen.engines.header.yaml_nodes import Field, end_of, start_of, to_written
from pivotgen.model.edit import Edit, replace_text


def replace_word(path: str, node: yaml.Node, text: str | None) -> tuple[Edit, ...]:
    """Return the edit that replaces a value by `text`, a word without quotes; quotes stay.

    There is no edit when `text` is None.
    """
    if text is None or not isinstance(node, yaml.ScalarNode):
        return ()
    return replace_text(path, to_written(node, node.value), text)


def replace_value(path: str, node: yaml.Node, text: str | None) -> tuple[Edit, ...]:
    """Return the edit that replaces a value and its quotes by `text`; none when it is None."""
    if text is None or not isinstance(node, yaml.ScalarNode):
        return ()
    if not to_written(node, node.value).end_column:
        return ()
    return (Edit(path, *start_of(node), *end_of(node), text),)


def insert_before(path: str, node: yaml.ScalarNode, text: str) -> tuple[Edit, ...]:
    """Return the edit that inserts `text` before a value, inside its quotes."""
    line, column = start_of(node)
    if not to_written(node, node.value).end_column:
        return ()
    start = (line, column + 1) if node.style else (line, column)
    return (Edit(path, *start, *start, text),)


def make_list(path: str, field: Field, form: str) -> tuple[Edit, ...]:
    """Return the edit that turns a text on the line of its key into a list of one item.

    `form` is the form of the text, as `model.header.Key` names it.
    """
    key, node = field
    if not isinstance(node, yaml.ScalarNode) or key.start_mark.column:
        return ()
    is_one_line = key.start_mark.line == node.start_mark.line == node.end_mark.line
    # A sentence may have commas. A name with a comma is probably several names.
    if not is_one_line or (form != "inline" and re.search("[,;]", node.value)):
        return ()
    return (Edit(path, *end_of(key), *start_of(node), ":\n  - "),)


def remove_key(path: str, given: Mapping[str, Field], name: str) -> tuple[Edit, ...]:
    """Return the edit that takes a key of the top level out, with all lines of its value."""
    key, value = given[name]
    first = start_of(key)
    line, column = end_of(value)
    # A block ends where the next line begins, any other value on its own line.
    last = line if column == 1 and line > first[0] else line + 1
    later = [start_of(other.key)[0] for other in given.values()]
    last = min([last, *(other for other in later if other > first[0])])
    return (Edit(path, first[0], 1, last, 1, ""),) if first[1] == 1 else ()


def remove_brackets(path: str, node: yaml.Node) -> tuple[Edit, ...]:
    """Return the edits that turn a list in brackets with one text into that text."""
    if not isinstance(node, yaml.SequenceNode) or not node.flow_style or len(node.value) != 1:
        return ()
    [item] = node.value
    # A text that needs no quotes inside brackets needs none outside them.
    if not isinstance(item, yaml.ScalarNode) or node.start_mark.line != node.end_mark.line:
        return ()
    before = Edit(path, *start_of(node), *start_of(item), "")
    return before, Edit(path, *end_of(item), *end_of(node), "")


def quote_pair(path: str, node: yaml.Node) -> tuple[Edit, ...]:
    """Return the edits that put quotes around a text that YAML read as a key and its value."""
    if not isinstance(node, yaml.MappingNode) or node.flow_style or len(node.value) != 1:
        return ()
    [(key, value)] = node.value
    parts = [part for part in (key, value) if isinstance(part, yaml.ScalarNode) and not part.style]
    if len(parts) != 2 or key.start_mark.line != value.end_mark.line or not value.value:
        return ()
    if re.search(r'["\\]', f"{key.value}{value.value}"):
        return ()
    first, last = start_of(key), end_of(value)
    return Edit(path, *first, *first, '"'), Edit(path, *last, *last, '"')
