"""Attributes: what the values of a page have, from the types of its view."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any, Literal, Union, assert_never

from jinja2.runtime import LoopContext

from pivotgen.engines.layouts.template_check.findings import did_you_mean, listed
from pivotgen.engines.layouts.template_check.scope import (
    UNKNOWN,
    BlockLevel,
    Known,
    Loop,
    Macro,
    Many,
    Module,
    Unknown,
    Value,
)
from pivotgen.model.phrases import Phrases

# What `loop` has, in the order of Jinja's own documentation.
_LOOP = ["index", "index0", "revindex", "revindex0", "first", "last", "length", "cycle", "depth"]
_LOOP += ["depth0", "previtem", "nextitem", "changed"]
_PLAIN_WORDS: Mapping[type, str] = {
    str: "text",
    int: "a number",
    float: "a number",
    bool: "true or false",
    date: "a day",
}


def attribute(value: Value, name: str) -> Value | None:
    """The attribute of a value; None where it is certain that there is no such attribute."""
    match value:
        case Known(kind) if is_dataclass(kind):
            if name in (annotations := _annotations(kind)):
                return value_of(annotations[name])
            return UNKNOWN if hasattr(kind, name) else None
        case Known(kind):
            return UNKNOWN if hasattr(kind, name) else None
        case Many():
            return UNKNOWN if hasattr(tuple, name) else None
        case Loop(item):
            if name in ("previtem", "nextitem"):
                return item
            return UNKNOWN if hasattr(LoopContext, name) else None
        case Module():
            return value.names.get(name)
        case Unknown() | Macro() | BlockLevel():
            return UNKNOWN
        case _:
            assert_never(value)


def key_of(value: Value, key: str) -> Value | None:
    """What `value["key"]` is: in Jinja an attribute, unless the value finds its items itself."""
    if isinstance(value, Known) and value.type is not str and hasattr(value.type, "__getitem__"):
        return UNKNOWN
    return attribute(value, key)


def item_of(value: Value) -> Value:
    """What each item of a value is."""
    if value == Known(str):
        return value
    return value.item if isinstance(value, Many) else UNKNOWN


def value_of(annotation: Any) -> Value:
    """The value that a field with this type has.

    A field that can be None counts as if it had a value: a layout asks for it with `if` first.
    """
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin in (types.UnionType, Union):
        kinds = [kind for kind in arguments if kind is not types.NoneType]
        return value_of(kinds[0]) if len(kinds) == 1 else UNKNOWN
    if origin is tuple and len(arguments) == 2 and arguments[1] is ...:
        return Many(value_of(arguments[0]))
    if origin is Literal and all(isinstance(argument, str) for argument in arguments):
        return Known(str)
    if is_dataclass(annotation) or annotation in _PLAIN_WORDS:
        return Known(annotation)
    return UNKNOWN


def missing_attribute_hint(value: Value, owner: str, name: str, *, of: str = "") -> str:
    """The hint for an attribute that is not there.

    `owner` is the value as the layout writes it, or "" if that is no plain path. `of` says whose it
    is, such as " of pivot.html".
    """
    subject = f"`{owner or 'this'}`{of}"
    match value:
        case Known(kind) if kind is Phrases:
            return f'a phrase is written {owner or "this"}["{name}"]'
        case Known(kind) if is_dataclass(kind):
            return has_hint(subject, [field.name for field in fields(kind)], name)
        case Known(kind):
            return f"{subject} is {_PLAIN_WORDS[kind]}"
        case Many() if name in ("length", "size"):
            return f"write `{owner}|length`" if owner else "write `|length`"
        case Many():
            return f"{subject} is a list: use one of its items, or go through it with `for`"
        case Loop():
            return has_hint(subject, _LOOP, name)
        case Module():
            return has_hint(subject, list(value.names), name)
        case Unknown() | Macro() | BlockLevel():
            return ""
        case _:
            assert_never(value)


def has_hint(subject: str, names: list[str], name: str) -> str:
    """Which of these names is near to `name`, and that `subject` has them."""
    return f"{did_you_mean(name, names)}{subject} has {listed(names) or 'nothing'}"


@cache
def _annotations(kind: Any) -> dict[str, Any]:
    return typing.get_type_hints(kind)
