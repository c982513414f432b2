"""Declarations: what the dataclasses of `model/header.py` declare about the keys of a header."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from typing import Any, NamedTuple

from pivotgen.model.header import Key, PageHeader, PivotHeader, RoleHeader, Written
from pivotgen.model.translation_header import (
    PageTranslationHeader,
    PivotTranslationHeader,
    RoleTranslationHeader,
)
from pivotgen.model.window import Window


class Declaration(NamedTuple):
    """What is declared about one key."""

    # The name of the Python field.
    field: str
    # Whether every header must have the key.
    required: bool
    key: Key
    # The type of its values, without `| None`.
    value_type: Any


@cache
def declarations(header: Any) -> dict[str, Declaration]:
    """Return the declarations of a header by the name of the key in YAML, in their order."""
    hints = typing.get_type_hints(header)
    by_name: dict[str, Declaration] = {}
    for field in fields(header):
        key: Key = field.metadata["key"]
        value_type = _without_none(hints[field.name])
        required = field.default is MISSING
        by_name[key.yaml or field.name] = Declaration(field.name, required, key, value_type)
    return by_name


def _without_none(hint: Any) -> Any:
    """Return the type without `| None`."""
    if isinstance(hint, types.UnionType):
        return next(part for part in typing.get_args(hint) if part is not type(None))
    return hint


@cache
def required_fields(header: Any) -> frozenset[str]:
    """Return the names of the Python fields that every header must have."""
    return frozenset(
        declaration.field for declaration in declarations(header).values() if declaration.required
    )


@cache
def item_type(value_type: Any) -> Any:
    """Return the type of the items of a list type; None when it is not a list."""
    is_list = typing.get_origin(value_type) is tuple
    return typing.get_args(value_type)[0] if is_list else None


@cache
def has_keys(value_type: Any) -> bool:
    """Whether a value of this type has keys of its own."""
    return is_dataclass(value_type) and value_type not in (Written, Window)


@cache
def short_key(value_type: Any) -> Declaration | None:
    """Return the key whose text may stand for a whole value with keys; None where none may."""
    name = getattr(value_type, "SHORT", "")
    return declarations(value_type)[name] if name else None


def key_order(header: Any) -> dict[str, Any]:
    """Return the keys of a header in their order, each with the keys inside it, if any."""
    order = {}
    for name, declaration in declarations(header).items():
        inner = item_type(declaration.value_type) or declaration.value_type
        order[name] = key_order(inner) if has_keys(inner) else {}
    return order


@cache
def known_keys() -> Mapping[str, frozenset[bool]]:
    """Return every key of any header, and whether it stands in other keys, alone, or either."""
    places: dict[str, set[bool]] = {}

    def add(order: Mapping[str, Any], *, is_inner: bool) -> None:
        for name, inner in order.items():
            places.setdefault(name, set()).add(is_inner)
            add(inner, is_inner=True)

    for header in (
        PivotHeader,
        RoleHeader,
        PageHeader,
        PivotTranslationHeader,
        RoleTranslationHeader,
        PageTranslationHeader,
    ):
        add(key_order(header), is_inner=False)
    return {name: frozenset(inner) for name, inner in places.items()}
