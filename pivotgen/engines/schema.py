"""Schema: YAML nodes to a typed header, driven by the declarations of `model/header.py`.

The declared type decides what a value is, so `no`, `12:30` and `010` stay the text that was typed.
"""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from difflib import get_close_matches
from functools import cache
from typing import Any, TypeVar
from urllib.parse import urlsplit

import yaml

from pivotgen.engines import frontmatter
from pivotgen.model.edit import Edit, respelled
from pivotgen.model.header import Key, Window, Written
from pivotgen.model.problem import Problem
from pivotgen.model.site import slug_of

H = TypeVar("H")

PATH = re.compile(r"(/[A-Za-z0-9][A-Za-z0-9._-]*)+/?")
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_WINDOW = re.compile(r"(\d{1,3})(?:\s*(?:–|—|-|to)\s*(\d{1,3}))?\s+(week|month|year)s?")
_HEADER_LINE = 2
# Forms of text that may hold anything.
_FREE = frozenset({"text", "inline", "markdown"})
_BOOLEANS = {"true": True, "false": False}
# What people write for true and false elsewhere.
_MEANT = dict.fromkeys(("true", "yes", "on"), "true") | dict.fromkeys(
    ("false", "no", "off"), "false"
)
_DOMAIN = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?::\d+)?(?:[/?#]\S*)?", re.I)
# How like a key a misspelling of it is, to be suggested and to be put right unasked.
_NEAR = 0.6
_VERY_NEAR = 0.75


def check(
    path: str, given: Mapping[str, frontmatter.Field], header: type[H]
) -> tuple[H | None, list[Problem]]:
    """Turn the keys of one file into `header`; None when a problem makes that impossible."""
    reader = _Reader(path)
    value = reader.mapping(given, header, (1, 1), "")
    return value, reader.problems


def json_schema(header: type[Any]) -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of one header."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": (header.__doc__ or "").rstrip("."),
        **_object_schema(header),
    }


def order(header: type[Any]) -> dict[str, Any]:
    """The keys of one header in their order, each with the keys inside it (or none)."""
    found = {}
    for name, (_, _, kind) in _declared(typing.cast(Any, header)).items():
        inner = typing.get_args(kind)[0] if typing.get_origin(kind) is tuple else kind
        nested = is_dataclass(inner) and inner not in (Written, Window)
        found[name] = order(typing.cast(type[Any], inner)) if nested else {}
    return found


@cache
def _declared(header: Any) -> dict[str, tuple[Field[Any], Key, Any]]:
    hints = typing.get_type_hints(header)
    found: dict[str, tuple[Field[Any], Key, Any]] = {}
    for one in fields(header):
        key: Key = one.metadata["key"]
        found[key.yaml or one.name] = (one, key, _bare(hints[one.name]))
    return found


@cache
def _required(header: Any) -> frozenset[str]:
    """The fields that every header must have."""
    declared = (field for field, _, _ in _declared(header).values())
    return frozenset(field.name for field in declared if field.default is MISSING)


@cache
def _item(kind: Any) -> Any:
    """What a list of this type holds; None for what is not a list."""
    return typing.get_args(kind)[0] if typing.get_origin(kind) is tuple else None


def _bare(kind: Any) -> Any:
    """The type without `| None`."""
    if isinstance(kind, types.UnionType):
        return next(one for one in typing.get_args(kind) if one is not type(None))
    return kind


class _Reader:
    """Collects the problems of one file while its values are read."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []

    def fault(
        self,
        place: tuple[int, int],
        code: str,
        message: str,
        hint: str = "",
        edits: tuple[Edit, ...] = (),
    ) -> None:
        self.problems.append(Problem(self.path, *place, code, message, hint, edits=edits))

    def respelled(self, node: yaml.Node, text: str | None) -> tuple[Edit, ...]:
        """The edit that puts `text` (a word without quotes) in the place of a value."""
        if text is None or not isinstance(node, yaml.ScalarNode):
            return ()
        return respelled(self.path, _written(node, node.value), text)

    def cut(self, start: tuple[int, int], end: tuple[int, int], text: str) -> Edit:
        return Edit(self.path, *start, *end, text)

    def mapping(
        self,
        given: Mapping[str, frontmatter.Field],
        header: type[H],
        place: tuple[int, int],
        where: str,
    ) -> H | None:
        declared = _declared(typing.cast(Any, header))
        unknown = [name for name in given if name not in declared]
        meant = {name: get_close_matches(name.casefold(), declared, 2, _NEAR) for name in unknown}
        for name in unknown:
            near = meant[name]
            # Safe only where nothing else could be meant, and nobody else wants the name.
            sure = len(near) == 1 and near[0] not in given
            sure = sure and sum(near == other for other in meant.values()) == 1
            sure = sure and bool(get_close_matches(name.casefold(), near, 1, _VERY_NEAR))
            self.fault(
                _place(given[name].key),
                "unknown-key",
                f"unknown key `{name}`{where}",
                f"did you mean `{near[0]}`?" if near else f"use one of: {', '.join(declared)}",
                self.respelled(given[name].key, near[0] if sure else None),
            )
        # A key that is there under a wrong name is told by that name alone.
        misspelt = {near[0] for near in meant.values() if near}
        values: dict[str, Any] = {}
        for name, (field, key, kind) in declared.items():
            if name in given:
                value = self.value(given[name], name, key, kind)
                if value is not None:
                    values[field.name] = value
            elif field.default is MISSING and name not in misspelt:
                self.fault(
                    place,
                    "missing-key",
                    f"the key `{name}` is missing{where}",
                    f"add `{name}:`{_for_example(name, key, kind)}",
                )
        return header(**values) if _required(typing.cast(Any, header)) <= values.keys() else None

    def value(self, given: frontmatter.Field, name: str, key: Key, kind: Any) -> Any:
        node = given.value
        if isinstance(node, yaml.ScalarNode) and node.tag == frontmatter.NULL and not node.style:
            self.fault(
                _place(given.key),
                "empty-value",
                f"`{name}` has no value",
                f"write something after the colon{_for_example(name, key, kind)}",
            )
            return None
        if inner := _item(kind):
            return self.items(given, name, key, inner)
        return self.plainly(node, key, kind) or self.one(node, f"`{name}`", key, kind)

    def plainly(self, node: yaml.Node, key: Key, kind: Any) -> Written | None:
        """A text that nothing can be wrong with, as most are; None when it takes a closer look."""
        if kind is not Written or key.form not in _FREE or not isinstance(node, yaml.ScalarNode):
            return None
        if node.style in ("|", ">"):
            return None
        text = str(node.value) if key.form == "markdown" else " ".join(str(node.value).split())
        return _written(node, text) if text.strip() else None

    def items(self, given: frontmatter.Field, name: str, key: Key, kind: Any) -> Any:
        node = given.value
        if not isinstance(node, yaml.SequenceNode):
            self.fault(
                _place(node),
                "wrong-type",
                f"`{name}` must be a list",
                "write each item on a line of its own, with `- ` in front",
                self.listed(given, key) if kind is Written else (),
            )
            return None
        if not node.value:
            self.fault(_place(node), "empty-value", f"`{name}` is an empty list", "add an item")
            return None
        read = [
            self.plainly(item, key, kind) or self.one(item, f"item {number} of `{name}`", key, kind)
            for number, item in enumerate(node.value, 1)
        ]
        return None if any(one is None for one in read) else tuple(read)

    def listed(self, given: frontmatter.Field, key: Key) -> tuple[Edit, ...]:
        """The edit that makes a list of one item of a text on the key's line."""
        node, name = given.value, given.key
        if not isinstance(node, yaml.ScalarNode) or name.start_mark.column:
            return ()
        one_line = name.start_mark.line == node.start_mark.line == node.end_mark.line
        # A sentence may have commas; a name with one is probably several names.
        if not one_line or (key.form != "inline" and re.search("[,;]", node.value)):
            return ()
        return (self.cut(_end(name), _place(node), ":\n  - "),)

    def one(self, node: yaml.Node, label: str, key: Key, kind: Any) -> Any:
        if kind is Written:
            return self.text(node, label, key)
        if kind is bool:
            return self.boolean(node, label)
        if kind is date:
            return self.day(node, label)
        if kind is Window:
            return self.window(node, label)
        if not isinstance(node, yaml.MappingNode):
            names = ", ".join(f"`{name}`" for name in _declared(kind))
            self.fault(
                _place(node), "wrong-type", f"{label} must have keys of its own", f"use {names}"
            )
            return None
        inner: dict[str, frontmatter.Field] = {}
        for key_node, value_node in node.value:
            name = str(key_node.value)
            if name in inner:
                self.fault(
                    _place(key_node),
                    "duplicate-key",
                    f"`{name}` is given twice",
                    "keep one of the two",
                )
            inner[name] = frontmatter.Field(key_node, value_node)
        return self.mapping(inner, kind, _place(node), f" in {label}")

    def text(self, node: yaml.Node, label: str, key: Key) -> Written | None:
        place = _place(node)
        if not isinstance(node, yaml.ScalarNode):
            found = "a list" if isinstance(node, yaml.SequenceNode) else "`key: value` lines"
            self.fault(
                place,
                "wrong-type",
                f"{label} must be text, not {found}",
                "put text that has `: ` in it in quotes",
                self.unwrapped(node) or self.quoted(node),
            )
            return None
        text = str(node.value) if key.form == "markdown" else " ".join(str(node.value).split())
        if not text.strip():
            self.fault(place, "empty-value", f"{label} is empty", "write the text, or drop it")
            return None
        if key.form == "url" and urlsplit(text).scheme not in {"http", "https", "mailto"}:
            self.fault(
                place,
                "bad-url",
                f"{label} is not a web address",
                "start it with https://",
                self.put_first(node, "https://") if _DOMAIN.fullmatch(text) else (),
            )
            return None
        if key.form == "slug" and not SLUG.fullmatch(text):
            self.fault(
                place,
                "bad-slug",
                f"{label} cannot be part of an address",
                "use small letters, digits and single hyphens",
                self.respelled(node, slug if SLUG.fullmatch(slug := slug_of(text)) else None),
            )
            return None
        if key.form == "path" and not PATH.fullmatch(text):
            self.fault(
                place,
                "bad-path",
                f"{label} is not an address of this site",
                "start it with a slash, such as /old/address/",
                self.put_first(node, "/") if PATH.fullmatch(f"/{text}") else (),
            )
            return None
        if key.form == "markdown" and node.style in ("|", ">"):
            # A block starts under its mark; every line inside it is counted from here.
            return Written(text, place[0] + 1, 1)
        return _written(node, text)

    def unwrapped(self, node: yaml.Node) -> tuple[Edit, ...]:
        """The edits that take the brackets from a list of one text."""
        if not isinstance(node, yaml.SequenceNode) or not node.flow_style or len(node.value) != 1:
            return ()
        [item] = node.value
        # What needs no quotes in a list needs none outside it.
        if not isinstance(item, yaml.ScalarNode) or node.start_mark.line != node.end_mark.line:
            return ()
        before = self.cut(_place(node), _place(item), "")
        return before, self.cut(_end(item), _end(node), "")

    def quoted(self, node: yaml.Node) -> tuple[Edit, ...]:
        """The edits that put quotes around a text that a colon made a key of."""
        if not isinstance(node, yaml.MappingNode) or node.flow_style or len(node.value) != 1:
            return ()
        [(name, value)] = node.value
        words = [one for one in (name, value) if isinstance(one, yaml.ScalarNode) and not one.style]
        if len(words) != 2 or name.start_mark.line != value.end_mark.line or not value.value:
            return ()
        if re.search(r'["\\]', f"{name.value}{value.value}"):
            return ()
        start, end = _place(name), _end(value)
        return self.cut(start, start, '"'), self.cut(end, end, '"')

    def put_first(self, node: yaml.ScalarNode, text: str) -> tuple[Edit, ...]:
        """The edit that puts `text` before a value, inside its quotes."""
        line, column = _place(node)
        if not _written(node, node.value).end_column:
            return ()
        start = (line, column + 1) if node.style else (line, column)
        return (self.cut(start, start, text),)

    def boolean(self, node: yaml.Node, label: str) -> bool | None:
        if isinstance(node, yaml.ScalarNode) and node.value in _BOOLEANS:
            return _BOOLEANS[node.value]
        self.fault(
            _place(node),
            "wrong-type",
            f"{label} must be true or false",
            "write true or false, without quotes",
            self.replaced(node, _MEANT.get(str(node.value).casefold())),
        )
        return None

    def day(self, node: yaml.Node, label: str) -> date | None:
        if isinstance(node, yaml.ScalarNode) and re.fullmatch(r"\d{4}-\d\d-\d\d", node.value):
            try:
                return date.fromisoformat(node.value)
            except ValueError:
                self.fault(
                    _place(node),
                    "bad-date",
                    f"there is no day {node.value}",
                    "check the month and the day",
                )
                return None
        self.fault(
            _place(node),
            "bad-date",
            f"{label} must be a day",
            "write it as year-month-day, such as 2026-11-23",
            self.replaced(node, _day(str(node.value))),
        )
        return None

    def replaced(self, node: yaml.Node, text: str | None) -> tuple[Edit, ...]:
        """The edit that puts `text` in the place of a value and of its quotes."""
        if text is None or not isinstance(node, yaml.ScalarNode):
            return ()
        if not _written(node, node.value).end_column:
            return ()
        return (self.cut(_place(node), _end(node), text),)

    def window(self, node: yaml.Node, label: str) -> Window | None:
        if isinstance(node, yaml.MappingNode):
            parts = {str(key.value): str(value.value) for key, value in node.value}
            text = f"{parts.get('min')}–{parts.get('max')} {parts.get('unit')}"
            known = set(parts) == {"min", "max", "unit"}
        else:
            text, known = str(node.value), isinstance(node, yaml.ScalarNode)
        match = _WINDOW.fullmatch(text.strip()) if known else None
        if match is None:
            self.fault(
                _place(node),
                "bad-window",
                f"{label} is not a span of time",
                "write it as `3–9 months` or `{min: 3, max: 9, unit: months}`",
            )
            return None
        low, high = int(match[1]), int(match[2] or match[1])
        if not 0 < low <= high:
            self.fault(
                _place(node),
                "bad-window",
                f"{label} does not grow from {low} to {high}",
                "put the shorter time first, and start at 1 or more",
            )
            return None
        return Window(low, high, match[3])


def _place(node: yaml.Node) -> tuple[int, int]:
    return node.start_mark.line + _HEADER_LINE, node.start_mark.column + 1


def _end(node: yaml.Node) -> tuple[int, int]:
    """Just after the last character of a scalar, or of a list in brackets."""
    return node.end_mark.line + _HEADER_LINE, node.end_mark.column + 1


def _written(node: yaml.ScalarNode, text: str) -> Written:
    start, end = node.start_mark, node.end_mark
    length = len(text) + 2 if node.style else len(text)
    as_it_is = start.line == end.line and end.column - start.column == length
    return Written(
        text,
        start.line + _HEADER_LINE,
        start.column + 1,
        end.column + 1 if as_it_is else 0,
    )


def _day(text: str) -> str | None:
    """A day written year first in another way, as it should be."""
    match = re.fullmatch(r"(\d{4})[-/.](\d\d?)[-/.](\d\d?)", text.strip())
    try:
        return str(date(*map(int, match.groups()))) if match else None
    except ValueError:
        return None


def _for_example(name: str, key: Key, kind: Any) -> str:
    """The end of a hint: what a good value looks like."""
    if not key.example:
        return ""
    if typing.get_origin(kind) is tuple:
        return f", and under it a line for each item, for example `  - {key.example}`"
    return f", for example `{name}: {key.example}`"


def _object_schema(header: Any) -> dict[str, Any]:
    properties: dict[str, Any] = {}
    required: list[str] = []
    for name, (field, key, kind) in _declared(header).items():
        properties[name] = {"description": key.description, **_value_schema(kind, key)}
        if key.example:
            properties[name]["examples"] = [_example(kind, key)]
        if field.default is MISSING:
            required.append(name)
    return {
        "type": "object",
        "additionalProperties": False,
        "required": required,
        "properties": properties,
    }


def _example(kind: Any, key: Key) -> Any:
    if kind is bool:
        return key.example == "true"
    return [key.example] if typing.get_origin(kind) is tuple else key.example


def _value_schema(kind: Any, key: Key) -> dict[str, Any]:
    if typing.get_origin(kind) is tuple:
        items = _value_schema(typing.get_args(kind)[0], key)
        return {"type": "array", "minItems": 1, "items": items}
    if kind is Written:
        text: dict[str, Any] = {"type": "string", "minLength": 1}
        if key.form == "url":
            text["format"] = "uri"
        if key.form == "slug":
            text["pattern"] = f"^{SLUG.pattern}$"
        return text
    if kind is bool:
        return {"type": "boolean"}
    if kind is date:
        return {"type": "string", "format": "date"}
    if kind is Window:
        count = {"type": "integer", "minimum": 1}
        unit = {"enum": ["weeks", "months", "years", "week", "month", "year"]}
        return {
            "anyOf": [
                {"type": "string", "pattern": f"^{_WINDOW.pattern}$"},
                {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["min", "max", "unit"],
                    "properties": {"min": count, "max": count, "unit": unit},
                },
            ]
        }
    return _object_schema(kind)
