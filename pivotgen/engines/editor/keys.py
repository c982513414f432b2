"""Keys: those that may stand at a place of a header, and what there is to say about each."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pivotgen.engines.header.json_schema import json_schema
from pivotgen.model.header import PivotHeader, RoleHeader
from pivotgen.model.source import ROLES


@dataclass(frozen=True, slots=True)
class Key:
    """One key: what it holds, as Markdown with an example, and whether it must be there."""

    about: str
    needed: bool


def keys(path: str, above: Iterable[str]) -> dict[str, Key]:
    """The keys of a pivot's or a role's file that may stand under those `above`, in their order."""
    schema = json_schema(RoleHeader if posixpath.dirname(path) == ROLES else PivotHeader)
    for key in above:
        schema = schema.get("properties", {}).get(key, {})
        schema = schema.get("items", schema)
    needed = schema.get("required", ())
    found: Mapping[str, Mapping[str, Any]] = schema.get("properties", {})
    return {name: Key(_about(value), name in needed) for name, value in found.items()}


def _about(value: Mapping[str, Any]) -> str:
    example = next(iter(value.get("examples", ())), "")
    if isinstance(example, list):
        example = example[0] if example else ""
    shown = "true" if example is True else str(example)
    described: str = value["description"]
    return f"{described}\n\nFor example: `{shown}`" if shown else described
