"""Keys: those that are allowed at a place of a header, each with its explanation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pivotgen.engines.header.extra_header import header_with
from pivotgen.engines.header.json_schema import json_schema
from pivotgen.model.content import FOLDERS, folder_of
from pivotgen.model.extra import DeclaredKeys, keys_on
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.source import PIVOTS, is_translation


@dataclass(frozen=True, slots=True)
class AllowedKey:
    """One key of a header, as an editor shows it."""

    # Markdown: what the key holds, with an example.
    explanation: str
    required: bool
    # The values to choose from, where there are few.
    choices: tuple[str, ...] = ()


def allowed_keys(
    path: str, parents: Iterable[str], extra: DeclaredKeys = None
) -> dict[str, AllowedKey]:
    """Return the keys that a content file may have under the keys `parents`.

    They are in the order of the standard form, by name. `extra` are the site's own keys.
    """
    folder = FOLDERS.get(folder_of(path), FOLDERS[PIVOTS])
    schema = json_schema(
        folder.translation
        if is_translation(path)
        else header_with(folder.header, keys_on(extra, folder.noun))
    )
    for parent in parents:
        schema = schema.get("properties", {}).get(parent, {})
        schema = schema.get("items", schema)
        # A text may stand for a value with keys; here the keys are wanted.
        forms = schema.get("anyOf", ())
        schema = next((form for form in forms if form["type"] == "object"), schema)
    required = schema.get("required", ())
    properties: Mapping[str, Mapping[str, Any]] = schema.get("properties", {})
    return {
        name: AllowedKey(_explanation(value), name in required, tuple(value.get("enum", ())))
        for name, value in properties.items()
    }


def _explanation(schema: Mapping[str, Any]) -> str:
    example = next(iter(schema.get("examples", ())), "")
    if isinstance(example, list):
        example = example[0]
    shown = "true" if example is True else str(example)
    description: str = schema["description"]
    return f"{description}\n\nFor example: `{shown}`" if shown else description
