"""JSON Schema: the declarations of a header in the words that editors and other programs know."""

from __future__ import annotations

from datetime import date
from typing import Any

from pivotgen.engines.header.declarations import declared, item
from pivotgen.engines.header.values import SLUG, WINDOW
from pivotgen.model.header import Key, Window, Written


def json_schema(header: type[Any]) -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of one header."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": (header.__doc__ or "").rstrip("."),
        **_object(header),
    }


def _object(header: Any) -> dict[str, Any]:
    properties: dict[str, Any] = {}
    required: list[str] = []
    for name, (_, needed, key, kind) in declared(header).items():
        properties[name] = {"description": key.description, **_value(kind, key)}
        if key.example:
            properties[name]["examples"] = [_example(kind, key)]
        if needed:
            required.append(name)
    return {
        "type": "object",
        "additionalProperties": False,
        "required": required,
        "properties": properties,
    }


def _value(kind: Any, key: Key) -> dict[str, Any]:
    if inner := item(kind):
        return {"type": "array", "minItems": 1, "items": _value(inner, key)}
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
                {"type": "string", "pattern": f"^{WINDOW.pattern}$"},
                {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["min", "max", "unit"],
                    "properties": {"min": count, "max": count, "unit": unit},
                },
            ]
        }
    return _object(kind)


def _example(kind: Any, key: Key) -> Any:
    if kind is bool:
        return key.example == "true"
    return [key.example] if item(kind) else key.example
