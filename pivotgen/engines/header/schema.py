"""Schema: YAML nodes to a typed header, driven by the declarations of `model/header.py`.

The declared type decides what a value is, so `no`, `12:30` and `010` stay the text that was typed.
"""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any, TypeVar

import yaml

from pivotgen.engines.header import fixes as fixes
from pivotgen.engines.header.declarations import Declaration, declared, has_keys, item, needed
from pivotgen.engines.header.values import closely, plainly
from pivotgen.engines.header.yaml_nodes import NULL, Field, place
from pivotgen.model.edit import Edit
from pivotgen.model.header import Key, Written
from pivotgen.model.problem import Problem

H = TypeVar("H")

# How like a key a misspelling of it is, to be suggested and to be put right unasked.
_NEAR = 0.6
_VERY_NEAR = 0.75


def check(path: str, given: Mapping[str, Field], header: type[H]) -> tuple[H | None, list[Problem]]:
    """Turn the keys of one file into `header`; None when a problem makes that impossible."""
    reader = _Reader(path)
    value: H | None = reader.mapping(given, header, (1, 1), "")
    return value, reader.problems


class _Reader:
    """Collects the problems of one file while its values are read."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []

    def mapping(
        self, given: Mapping[str, Field], header: Any, at: tuple[int, int], where: str
    ) -> Any:
        known = declared(header)
        misspelt = self.unknown(given, known, where)
        values: dict[str, Any] = {}
        for name, (field, must, key, kind) in known.items():
            if name in given:
                value = self.value(given[name], name, key, kind)
                if value is not None:
                    values[field] = value
            elif must and name not in misspelt:
                self.fault(
                    at,
                    "missing-key",
                    f"the key `{name}` is missing{where}",
                    f"add `{name}:`{_for_example(name, key, kind)}",
                )
        return header(**values) if needed(header) <= values.keys() else None

    def unknown(
        self, given: Mapping[str, Field], known: Mapping[str, Declaration], where: str
    ) -> set[str]:
        """Tell of the keys that are not declared; the declared ones they nearly spell."""
        unknown = [name for name in given if name not in known]
        meant = {name: get_close_matches(name.casefold(), known, 2, _NEAR) for name in unknown}
        for name, near in meant.items():
            # Safe only where nothing else could be meant, and nobody else wants the name.
            sure = len(near) == 1 and near[0] not in given
            sure = sure and sum(near == other for other in meant.values()) == 1
            sure = sure and bool(get_close_matches(name.casefold(), near, 1, _VERY_NEAR))
            key = given[name].key
            self.fault(
                place(key),
                "unknown-key",
                f"unknown key `{name}`{where}",
                f"did you mean `{near[0]}`?" if near else f"use one of: {', '.join(known)}",
                fixes.spelled(self.path, key, near[0] if sure else None),
            )
        # A key that is there under a wrong name is told by that name alone.
        return {near[0] for near in meant.values() if near}

    def fault(
        self,
        at: tuple[int, int],
        code: str,
        message: str,
        hint: str,
        edits: tuple[Edit, ...] = (),
    ) -> None:
        self.problems.append(Problem(self.path, *at, code, message, hint, edits=edits))

    def value(self, given: Field, name: str, key: Key, kind: Any) -> Any:
        node = given.value
        if isinstance(node, yaml.ScalarNode) and node.tag == NULL and not node.style:
            self.fault(
                place(given.key),
                "empty-value",
                f"`{name}` has no value",
                f"write something after the colon{_for_example(name, key, kind)}",
            )
            return None
        if inner := item(kind):
            return self.items(given, name, key, inner)
        return plainly(node, key, kind) or self.one(node, f"`{name}`", key, kind)

    def items(self, given: Field, name: str, key: Key, kind: Any) -> Any:
        node = given.value
        if not isinstance(node, yaml.SequenceNode):
            self.fault(
                place(node),
                "wrong-type",
                f"`{name}` must be a list",
                "write each item on a line of its own, with `- ` in front",
                fixes.listed(self.path, given, key.form) if kind is Written else (),
            )
            return None
        if not node.value:
            self.fault(place(node), "empty-value", f"`{name}` is an empty list", "add an item")
            return None
        read = [
            plainly(one, key, kind) or self.one(one, f"item {number} of `{name}`", key, kind)
            for number, one in enumerate(node.value, 1)
        ]
        return None if any(one is None for one in read) else tuple(read)

    def one(self, node: yaml.Node, label: str, key: Key, kind: Any) -> Any:
        if has_keys(kind):
            return self.keyed(node, label, kind)
        found = closely(self.path, node, label, key, kind)
        if isinstance(found, Problem):
            self.problems.append(found)
            return None
        return found

    def keyed(self, node: yaml.Node, label: str, kind: Any) -> Any:
        """A value that has keys of its own."""
        if not isinstance(node, yaml.MappingNode):
            names = ", ".join(f"`{name}`" for name in declared(kind))
            self.fault(
                place(node), "wrong-type", f"{label} must have keys of its own", f"use {names}"
            )
            return None
        inner: dict[str, Field] = {}
        for key_node, value_node in node.value:
            name = str(key_node.value)
            if name in inner:
                self.fault(
                    place(key_node),
                    "duplicate-key",
                    f"`{name}` is given twice",
                    "keep one of the two",
                )
            inner[name] = Field(key_node, value_node)
        return self.mapping(inner, kind, place(node), f" in {label}")


def _for_example(name: str, key: Key, kind: Any) -> str:
    """The end of a hint: what a good value looks like."""
    if not key.example:
        return ""
    if item(kind):
        return f", and under it a line for each item, for example `  - {key.example}`"
    return f", for example `{name}: {key.example}`"
