"""Free keys: the values of a site's own keys whose types nobody has declared.

What stands in quotes is text. Without quotes `true` and `false`, days such as 2026-11-23 and
numbers that Python would write the same way are what they look like; everything else is text as it
was typed. So `010`, `1.50`, `12:30` and `no` stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

import yaml

from pivotgen.engines.header.yaml_nodes import NULL, start_of
from pivotgen.model.own_keys import OwnKeys, OwnValue
from pivotgen.model.problem import Problem

# Longer ones are rather names made of digits.
_MOST_DIGITS = 15
_NUMBER = re.compile(rf"-?[0-9]{{1,{_MOST_DIGITS}}}(?P<rest>\.[0-9]{{1,{_MOST_DIGITS}}})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_BOOLEANS = {"true": True, "false": False}


def read_free_keys(path: str, node: yaml.Node, label: str) -> tuple[OwnKeys, list[Problem]]:
    """The keys and values of a node, and what is wrong with them; `label` names it in messages."""
    reader = _Reader(path)
    if not isinstance(node, yaml.MappingNode):
        hint = "write each key on a line of its own below it, indented by two blanks"
        reader.report(node, "wrong-type", f"`{label}` must have keys of its own", hint)
        return OwnKeys({}), reader.problems
    return reader.keys(node, f"`{label}`"), reader.problems


class _Reader:
    """Reads the values of one file and collects their problems."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []

    def report(self, node: yaml.Node, code: str, message: str, hint: str) -> None:
        self.problems.append(Problem(self.path, *start_of(node), code, message, hint))

    def keys(self, node: yaml.MappingNode, owner: str) -> OwnKeys:
        """The keys of a node; `owner` is whose they are, in the words of a message."""
        values: dict[str, OwnValue] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode) or not key.value:
                self.report(key, "yaml-syntax", "a key must be a word", "")
            elif key.value in values:
                message = f"`{key.value}` in {owner} is given twice"
                self.report(key, "duplicate-key", message, "keep one of the two")
            else:
                values[key.value] = self.value(value, f"`{key.value}` in {owner}", key)
        return OwnKeys(values)

    def value(self, node: yaml.Node, label: str, place: yaml.Node) -> OwnValue:
        """The value of a node; `place` is where one that is missing is told."""
        match node:
            case yaml.MappingNode():
                return self.keys(node, label)
            case yaml.SequenceNode():
                return tuple(self.items(node.value, label))
            case yaml.ScalarNode() if node.tag == NULL and not node.style:
                message, hint = f"{label} has no value", "write one, or leave it out"
                self.report(place, "empty-value", message, hint)
                return ""
            case yaml.ScalarNode() if node.style:
                return str(node.value)
            case _:
                return _typed(str(node.value))

    def items(self, nodes: Iterable[yaml.Node], label: str) -> Iterable[OwnValue]:
        for number, item in enumerate(nodes, 1):
            yield self.value(item, f"item {number} of {label}", item)


def _typed(text: str) -> OwnValue:
    """What a text without quotes is."""
    if text in _BOOLEANS:
        return _BOOLEANS[text]
    if match := _NUMBER.fullmatch(text):
        number = float(text) if match["rest"] else int(text)
        return number if str(number) == text else text
    if _DAY.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            return text
    return text
