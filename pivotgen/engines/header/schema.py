"""Schema: turns YAML nodes into a typed header by the declarations of `model/header.py`.

The declared type decides what a value is, so `no`, `12:30` and `010` stay texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any, TypeVar

import yaml

from pivotgen.engines.header import fixes
from pivotgen.engines.header.declarations import (
    Declaration,
    declarations,
    has_keys,
    item_type,
    required_fields,
    short_key,
)
from pivotgen.engines.header.free_keys import read_free_keys
from pivotgen.engines.header.values import read_free_text, read_value
from pivotgen.engines.header.yaml_nodes import NULL, Field, start_of
from pivotgen.model.edit import Edit
from pivotgen.model.header import Key, Written
from pivotgen.model.own_keys import OwnKeys
from pivotgen.model.problem import Problem

H = TypeVar("H")

# The forms of text that can have links.
_MARKDOWN_FORMS = ("inline", "markdown")

# The end of a message about the site's own keys.
_EXTRA = " in `extra`"
# How similar a misspelling must be to a key, as a ratio of difflib: to suggest the key, and to
# replace the misspelling by it.
_SUGGEST_RATIO = 0.6
_REPLACE_RATIO = 0.75


def read_header(
    path: str, given: Mapping[str, Field], header: type[H]
) -> tuple[H | None, list[Problem]]:
    """Return the fields of one file as a `header`, and their problems.

    The header is None when a problem makes it impossible.
    """
    reader = _Reader(path)
    value: H | None = reader.mapping(given, header, (1, 1), "")
    return value, reader.problems


def read_parts(
    path: str, given: Mapping[str, Field], header: type[object]
) -> tuple[dict[str, Any], list[tuple[str, Written]]]:
    """Return what can be read of a header that cannot be read as a whole.

    These are the values by field, and the form and the text of each value that is Markdown.
    """
    reader = _Reader(path)
    return reader.values(given, header, (1, 1), ""), reader.markdown


class _Reader:
    """Reads the values of one file and collects their problems."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []
        # The form and the text of each value in Markdown.
        self.markdown: list[tuple[str, Written]] = []

    def mapping(
        self, given: Mapping[str, Field], header: Any, place: tuple[int, int], where: str
    ) -> Any:
        """Return a `header` made from the given fields, or None.

        `place` is where a missing key is reported; `where` ends a message and names the parent.
        """
        values = self.values(given, header, place, where)
        return header(**values) if required_fields(header) <= values.keys() else None

    def values(
        self, given: Mapping[str, Field], header: Any, place: tuple[int, int], where: str
    ) -> dict[str, Any]:
        """Return the values without a problem, by field."""
        known = declarations(header)
        inherited = getattr(header, "INHERITED", ())
        others = {name: field for name, field in given.items() if name not in inherited}
        if len(others) < len(given):
            self.inherited_keys(given, inherited)
        misspelt = self.unknown_keys(others, known, where)
        values: dict[str, Any] = {}
        for name, (field, is_required, key, value_type) in known.items():
            if name in given:
                value = self.value(given[name], name, key, value_type)
                if value is not None:
                    values[field] = value
            elif is_required and name not in misspelt:
                self.report(
                    place,
                    "missing-key",
                    f"the key `{name}` is missing{where}",
                    f"add `{name}:`{_for_example(name, key, value_type)}",
                )
        return values

    def inherited_keys(self, given: Mapping[str, Field], inherited: Iterable[str]) -> None:
        """Report the keys of a translation that only its source has."""
        for name in inherited:
            if name in given:
                self.report(
                    start_of(given[name].key),
                    "inherited-key",
                    f"`{name}` is no language: it is that of the file that this translates",
                    "take it out; a change there counts here too",
                    fixes.remove_key(self.path, given, name),
                )

    def unknown_keys(
        self, given: Mapping[str, Field], known: Mapping[str, Declaration], where: str
    ) -> set[str]:
        """Report the keys that are not declared; return the declared keys they resemble most."""
        unknown = [name for name in given if name not in known]
        if not unknown:
            return set()
        similar = {
            name: get_close_matches(name.casefold(), known, 2, _SUGGEST_RATIO) for name in unknown
        }
        for name, matches in similar.items():
            # An edit is safe only when no other key can be meant, and when no other field of the
            # file has or would get the same key.
            is_certain = (
                len(matches) == 1
                and matches[0] not in given
                and sum(matches == other for other in similar.values()) == 1
                and bool(get_close_matches(name.casefold(), matches, 1, _REPLACE_RATIO))
            )
            key = given[name].key
            self.report(
                start_of(key),
                "unknown-key",
                f"unknown key `{name}`{where}",
                f"did you mean `{matches[0]}`?" if matches else _instead(known, where),
                fixes.replace_word(self.path, key, matches[0] if is_certain else None),
            )
        # A misspelt key gets this one problem, and is not reported as missing as well.
        return {matches[0] for matches in similar.values() if matches}

    def report(
        self,
        place: tuple[int, int],
        code: str,
        message: str,
        hint: str,
        edits: tuple[Edit, ...] = (),
    ) -> None:
        self.problems.append(Problem(self.path, *place, code, message, hint, edits=edits))

    def value(self, field: Field, name: str, key: Key, value_type: Any) -> Any:
        node = field.value
        if isinstance(node, yaml.ScalarNode) and node.tag == NULL and not node.style:
            where = "after the colon"
            if has_keys(value_type) or value_type is OwnKeys:
                where = "below it, indented by two blanks, or leave it out"
            self.report(
                start_of(field.key),
                "empty-value",
                f"`{name}` has no value",
                f"write something {where}{_for_example(name, key, value_type)}",
            )
            return None
        if value_type is OwnKeys:
            keys, problems = read_free_keys(self.path, node, name)
            self.problems += problems
            return keys
        if inner := item_type(value_type):
            return self.items(field, name, key, inner)
        value = read_free_text(node, key, value_type) or self.single_value(
            node, f"`{name}`", key, value_type
        )
        if value and key.form in _MARKDOWN_FORMS:
            self.markdown.append((key.form, value))
        return value

    def items(self, field: Field, name: str, key: Key, value_type: Any) -> Any:
        """Return the items of a list, or None when one of them has a problem."""
        node = field.value
        if not isinstance(node, yaml.SequenceNode):
            self.report(
                start_of(node),
                "wrong-type",
                f"`{name}` must be a list",
                "write each item on a line of its own, with `- ` in front",
                fixes.make_list(self.path, field, key.form)
                if value_type is Written or short_key(value_type)
                else (),
            )
            return None
        if not node.value:
            self.report(start_of(node), "empty-value", f"`{name}` is an empty list", "add an item")
            return None
        values = [
            read_free_text(item, key, value_type)
            or self.single_value(item, f"item {number} of `{name}`", key, value_type)
            for number, item in enumerate(node.value, 1)
        ]
        if key.form in _MARKDOWN_FORMS:
            self.markdown += [(key.form, value) for value in values if value]
        return None if any(value is None for value in values) else tuple(values)

    def single_value(self, node: yaml.Node, label: str, key: Key, value_type: Any) -> Any:
        """Return one value that is not a list, or None; `label` names it in messages."""
        if has_keys(value_type):
            short = short_key(value_type)
            if short and _is_short(node, value_type):
                text = read_free_text(node, short.key, Written) or self.single_value(
                    node, label, short.key, Written
                )
                return text and value_type(**{short.field: text})
            return self.value_with_keys(node, label, value_type)
        value = read_value(self.path, node, label, key, value_type)
        if isinstance(value, Problem):
            self.problems.append(value)
            return None
        return value

    def value_with_keys(self, node: yaml.Node, label: str, header: Any) -> Any:
        if not isinstance(node, yaml.MappingNode):
            names = ", ".join(f"`{name}`" for name in declarations(header))
            self.report(
                start_of(node), "wrong-type", f"{label} must have keys of its own", f"use {names}"
            )
            return None
        inner: dict[str, Field] = {}
        for key, value in node.value:
            name = str(key.value)
            if name in inner:
                self.report(
                    start_of(key),
                    "duplicate-key",
                    f"`{name}` is given twice",
                    "keep one of the two",
                )
            inner[name] = Field(key, value)
        return self.mapping(inner, header, start_of(node), f" in {label}")


def _is_short(node: yaml.Node, value_type: Any) -> bool:
    """Whether a node is meant as the text that may stand for a value with keys.

    `Editing: long texts` is; nobody put it into quotes.
    """
    if not isinstance(node, yaml.MappingNode):
        return True
    known = declarations(value_type)
    return not any(
        get_close_matches(str(key.value).casefold(), known, 1, _SUGGEST_RATIO)
        for key, _ in node.value
    )


def _instead(known: Mapping[str, Declaration], where: str) -> str:
    """Return the hint for a key that resembles none; `where` names its parent."""
    instead = f"use one of: {', '.join(known)}" if known else ""
    if where != _EXTRA:
        return instead
    declare = "declare it in Config(extra=…) of build.py"
    return f"{instead}; or {declare}" if instead else f"take it out, or {declare}"


def _for_example(name: str, key: Key, value_type: Any) -> str:
    """Return the end of a hint, which shows a good value."""
    if not key.example:
        return ""
    if item_type(value_type):
        return f", and under it a line for each item, for example `  - {key.example}`"
    return f", for example `{name}: {key.example}`"
