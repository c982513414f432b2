"""Schema: YAML nodes to a typed header, driven by the declarations of `model/header.py`.

The declared type decides what a value is, so `no`, `12:30` and `010` stay the text that was typed.
"""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields
from datetime import date
from difflib import get_close_matches
from functools import cache
from typing import Any, TypeVar
from urllib.parse import urlsplit

import yaml

from pivotgen.engines import frontmatter
from pivotgen.model.header import Key, Window, Written
from pivotgen.model.problem import Problem

H = TypeVar("H")

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_WINDOW = re.compile(r"(\d{1,3})(?:\s*(?:–|—|-|to)\s*(\d{1,3}))?\s+(week|month|year)s?")
_HEADER_LINE = 2
_NULL = "tag:yaml.org,2002:null"
_BOOLEANS = {"true": True, "false": False}


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


@cache
def _declared(header: Any) -> dict[str, tuple[Field[Any], Key, Any]]:
    hints = typing.get_type_hints(header)
    found: dict[str, tuple[Field[Any], Key, Any]] = {}
    for one in fields(header):
        key: Key = one.metadata["key"]
        found[key.yaml or one.name] = (one, key, _bare(hints[one.name]))
    return found


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

    def fault(self, place: tuple[int, int], code: str, message: str, hint: str = "") -> None:
        self.problems.append(Problem(self.path, *place, code, message, hint))

    def mapping(
        self,
        given: Mapping[str, frontmatter.Field],
        header: type[H],
        place: tuple[int, int],
        where: str,
    ) -> H | None:
        declared = _declared(typing.cast(Any, header))
        for name, typed in given.items():
            if name not in declared:
                near = get_close_matches(name, declared, 1, 0.6)
                self.fault(
                    _place(typed.key),
                    "unknown-key",
                    f"unknown key `{name}`{where}",
                    f"did you mean `{near[0]}`?" if near else f"use one of: {', '.join(declared)}",
                )
        values: dict[str, Any] = {}
        for name, (field, key, kind) in declared.items():
            if name in given:
                value = self.value(given[name], name, key, kind)
                if value is not None:
                    values[field.name] = value
            elif field.default is MISSING:
                self.fault(
                    place,
                    "missing-key",
                    f"the key `{name}` is missing{where}",
                    f"add `{name}:`, for example `{name}: {key.example}`"
                    if key.example
                    else f"add `{name}:`",
                )
        if any(
            field.default is MISSING and field.name not in values
            for field, _, _ in declared.values()
        ):
            return None
        return header(**values)

    def value(self, given: frontmatter.Field, name: str, key: Key, kind: Any) -> Any:
        node = given.value
        if isinstance(node, yaml.ScalarNode) and node.tag == _NULL and not node.style:
            self.fault(
                _place(given.key),
                "empty-value",
                f"`{name}` has no value",
                f"write something after the colon, for example `{name}: {key.example}`",
            )
            return None
        if typing.get_origin(kind) is tuple:
            return self.items(node, name, key, typing.get_args(kind)[0])
        return self.one(node, f"`{name}`", key, kind)

    def items(self, node: yaml.Node, name: str, key: Key, kind: Any) -> Any:
        if not isinstance(node, yaml.SequenceNode):
            self.fault(
                _place(node),
                "wrong-type",
                f"`{name}` must be a list",
                "write each item on a line of its own, with `- ` in front",
            )
            return None
        if not node.value:
            self.fault(_place(node), "empty-value", f"`{name}` is an empty list", "add an item")
            return None
        read = [
            self.one(item, f"item {number} of `{name}`", key, kind)
            for number, item in enumerate(node.value, 1)
        ]
        return None if any(one is None for one in read) else tuple(read)

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
            )
            return None
        text = str(node.value) if key.form == "markdown" else " ".join(str(node.value).split())
        if not text.strip():
            self.fault(place, "empty-value", f"{label} is empty", "write the text, or drop it")
            return None
        if key.form == "url" and urlsplit(text).scheme not in {"http", "https", "mailto"}:
            self.fault(place, "bad-url", f"{label} is not a web address", "start it with https://")
            return None
        if key.form == "slug" and not SLUG.fullmatch(text):
            self.fault(
                place,
                "bad-slug",
                f"{label} cannot be part of an address",
                "use small letters, digits and single hyphens",
            )
            return None
        if key.form == "path" and not re.fullmatch(r"(/[A-Za-z0-9][A-Za-z0-9._-]*)+/?", text):
            self.fault(
                place,
                "bad-path",
                f"{label} is not an address of this site",
                "start it with a slash, such as /old/address/",
            )
            return None
        if (
            key.form == "markdown"
            and isinstance(node, yaml.ScalarNode)
            and node.style in ("|", ">")
        ):
            # A block starts under its mark; every line inside it is counted from here.
            return Written(text, place[0] + 1, 1)
        return Written(text, *place)

    def boolean(self, node: yaml.Node, label: str) -> bool | None:
        if isinstance(node, yaml.ScalarNode) and node.value in _BOOLEANS:
            return _BOOLEANS[node.value]
        self.fault(
            _place(node),
            "wrong-type",
            f"{label} must be true or false",
            "write true or false, without quotes",
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
        )
        return None

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
