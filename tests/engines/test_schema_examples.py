"""The example of each key in the JSON Schema is a value that the schema allows."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from pivotgen.engines.header.json_schema import json_schema
from pivotgen.model.header import PageHeader, PivotHeader, RoleHeader
from tests.kinds.test_own_keys import DECLARED, declaring

TYPES: dict[str, type | tuple[type, ...]] = {
    "string": str,
    "boolean": bool,
    "integer": int,
    "number": (int, float),
    "array": list,
    "object": dict,
}


def allows(schema: dict[str, Any], example: Any) -> bool:
    """Whether a schema of the kinds that we write allows a value."""
    value: Any = example
    if "anyOf" in schema:
        return any(allows(other, value) for other in schema["anyOf"])
    is_right = isinstance(example, TYPES[schema["type"]])
    if not is_right:
        return False
    if schema["type"] == "array":
        return bool(value) and all(allows(schema["items"], item) for item in value)
    if schema.get("format") == "date":
        return bool(date.fromisoformat(value))
    if "enum" in schema:
        return value in schema["enum"]
    return "pattern" not in schema or bool(re.search(schema["pattern"], str(value)))


def examples(schema: dict[str, Any]) -> list[tuple[str, dict[str, Any], Any]]:
    every = []
    for name, value in schema.get("properties", {}).items():
        every += [(name, value, example) for example in value.get("examples", ())]
        every += examples(value.get("items", value))
    return every


@pytest.mark.parametrize("header", [PivotHeader, RoleHeader, PageHeader])
def test_every_example_is_allowed(header: Any) -> None:
    every = examples(json_schema(header))
    assert len(every) > 2
    for name, schema, example in every:
        assert allows(schema, example), name
    kinds = {type(example) for _, _, example in every}
    assert str in kinds
    if header is PivotHeader:
        assert {str, list, bool} <= kinds


def test_a_required_key_is_named_as_such_and_an_optional_is_not() -> None:
    schema = json_schema(RoleHeader)
    assert "name" in schema["required"]
    assert "draft" not in schema["required"]
    assert schema["properties"]["draft"]["type"] == "boolean"
    assert declaring(DECLARED)
