"""Declared: what the dataclasses of `model/header.py` say of the keys of a header."""

from __future__ import annotations

import types
import typing
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from typing import Any, NamedTuple

from pivotgen.model.header import Key, Window, Written


class Declaration(NamedTuple):
    """What is declared of one key."""

    # The name of the Python field.
    field: str
    # Whether every header must have it.
    needed: bool
    key: Key
    # The type of its values, without `| None`.
    kind: Any


@cache
def declared(header: Any) -> dict[str, Declaration]:
    """The keys of a header as they are typed in YAML, in their order."""
    hints = typing.get_type_hints(header)
    found: dict[str, Declaration] = {}
    for one in fields(header):
        key: Key = one.metadata["key"]
        kind = _bare(hints[one.name])
        found[key.yaml or one.name] = Declaration(one.name, one.default is MISSING, key, kind)
    return found


def _bare(kind: Any) -> Any:
    """The type without `| None`."""
    if isinstance(kind, types.UnionType):
        return next(one for one in typing.get_args(kind) if one is not type(None))
    return kind


@cache
def needed(header: Any) -> frozenset[str]:
    """The Python fields that every header must have."""
    return frozenset(one.field for one in declared(header).values() if one.needed)


@cache
def item(kind: Any) -> Any:
    """What a list of this type holds; None for what is not a list."""
    return typing.get_args(kind)[0] if typing.get_origin(kind) is tuple else None


@cache
def has_keys(kind: Any) -> bool:
    """Whether a value of this type is a header of its own."""
    return is_dataclass(kind) and kind not in (Written, Window)


def order(header: Any) -> dict[str, Any]:
    """The keys of one header in their order, each with the keys inside it (or none)."""
    found = {}
    for name, one in declared(header).items():
        inner = item(one.kind) or one.kind
        found[name] = order(inner) if has_keys(inner) else {}
    return found
