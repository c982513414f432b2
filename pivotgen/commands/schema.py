"""`schema`: the JSON Schema of the frontmatter, or the same content as a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pivotgen.engines.header.extra_header import header_with
from pivotgen.engines.header.json_schema import json_schema
from pivotgen.model.config import Config
from pivotgen.model.content import FOLDERS
from pivotgen.model.extra import keys_on
from pivotgen.problems.formats.json_text import json_text


def schema(kind: str, *, markdown: bool = False, config: Config | None = None) -> str:
    """Return the schema of a header as JSON text, or as a Markdown table.

    `kind` is the noun of a folder of content, such as "pivot". `config` names the authors and the
    keys of a site's own.
    """
    [header] = [folder.header for folder in FOLDERS.values() if folder.noun == kind]
    declared = keys_on(config.declared_keys, kind) if config else None
    document = json_schema(header_with(header, declared))
    if config and config.authors and "author" in document["properties"]:
        document["properties"]["author"]["enum"] = sorted(config.authors)
    if markdown:
        head = (
            "| key | needed | what it holds | kind | example |",
            "| --- | --- | --- | --- | --- |",
        )
        return "\n".join([*head, *_rows(document, "")])
    return json_text(document, 2)


def _rows(document: dict[str, Any], parent: str) -> Iterator[str]:
    """Yield a row for each key and for the keys inside it; `parent` begins their names."""
    for name, value in document["properties"].items():
        key = f"{parent}{name}"
        required = "yes" if name in document["required"] else ""
        if required and parent:
            each = " each of" if "[" in parent else ""
            required = f"in{each} `{parent.split('.')[0].split('[')[0]}`"
        example = value.get("examples", [""])[0]
        text = ", ".join(example) if isinstance(example, list) else str(example)
        shown = f"`{text.lower() if example is True else text}`" if text else ""
        cells = (f"`{key}`", required, value["description"], _type_name(value), shown)
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
        inner = _with_keys(value.get("items", {})) or value
        if "properties" in inner:
            yield from _rows(inner, f"{key}[]." if "items" in value else f"{key}.")


def _with_keys(items: dict[str, Any]) -> dict[str, Any] | None:
    """The form with keys that the items of a list may have."""
    forms = items.get("anyOf", (items,))
    return next((form for form in forms if "properties" in form), None)


def _type_name(value: dict[str, Any]) -> str:
    if "anyOf" in value:
        return "window"
    if "enum" in value:
        return " or ".join(f"`{choice}`" for choice in value["enum"])
    if value["type"] in ("integer", "number"):
        return "whole number" if value["type"] == "integer" else "number"
    if value["type"] == "array":
        if "anyOf" in value["items"]:
            return "list of text or keys"
        return "list of keys" if "properties" in value["items"] else "list of text"
    if value.get("format") in ("date", "uri"):
        return {"date": "date", "uri": "address"}[str(value["format"])]
    return {"string": "text", "boolean": "true or false", "object": "keys"}[str(value["type"])]
