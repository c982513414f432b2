"""JSON Schema: the declarations of a header in the standard form for editors and other programs."""

from __future__ import annotations

from datetime import date
from typing import Any

from pivotgen.engines.header.declarations import declarations, has_keys, item_type, short_key
from pivotgen.engines.header.forms import WINDOW
from pivotgen.model.header import Key, Written
from pivotgen.model.limits import LONGEST
from pivotgen.model.own_keys import OwnKeys
from pivotgen.model.window import Window

# Letters beyond ASCII are all allowed here, because the dialects of the standard differ in them.
_LETTER = r"(?:[a-z0-9]|[^\x00-\x7f])"
_SLUG = rf"{_LETTER}+(?:-{_LETTER}+)*"


def json_schema(header: type[Any]) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a header."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": (header.__doc__ or "").rstrip("."),
        **_object(header),
    }


def _object(header: Any) -> dict[str, Any]:
    properties: dict[str, Any] = {}
    required: list[str] = []
    for name, (_, is_required, key, value_type) in declarations(header).items():
        properties[name] = {"description": key.description, **_value(value_type, key)}
        if key.example and not has_keys(value_type):
            properties[name]["examples"] = [_example(value_type, key)]
        if is_required:
            required.append(name)
    return {
        "type": "object",
        "additionalProperties": False,
        "required": required,
        "properties": properties,
    }


def _value(value_type: Any, key: Key) -> dict[str, Any]:
    if inner := item_type(value_type):
        return {"type": "array", "minItems": 1, "items": _value(inner, key)}
    if value_type is Written:
        if key.choices:
            return {"type": "string", "enum": [*key.choices]}
        text: dict[str, Any] = {
            "type": "string",
            "minLength": 1,
            "maxLength": LONGEST[key.form],
        }
        if key.form == "url":
            text["format"] = "uri"
        if key.form == "slug":
            text["pattern"] = f"^{_SLUG}$"
        return text
    if value_type is bool:
        return {"type": "boolean"}
    if value_type is date:
        return {"type": "string", "format": "date"}
    if value_type in (int, float):
        return {"type": "integer" if value_type is int else "number"}
    if value_type is OwnKeys:
        # The site has declared none, so any may be used.
        return {"type": "object"}
    if value_type is Window:
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
    if short := short_key(value_type):
        return {"anyOf": [_value(short.value_type, short.key), _object(value_type)]}
    return _object(value_type)


def _example(value_type: Any, key: Key) -> Any:
    if value_type is bool:
        return key.example == "true"
    if value_type in (int, float):
        return value_type(key.example)
    return [key.example] if item_type(value_type) else key.example
