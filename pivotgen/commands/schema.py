"""`schema`: the JSON Schema of the frontmatter, and the same as a table for people."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from pivotgen.engines.header.json_schema import json_schema
from pivotgen.model.header import PivotHeader, RoleHeader


def schema(kind: str, *, markdown: bool = False) -> str:
    """The schema of a "pivot" or a "role" header as JSON text, or as a Markdown table."""
    document = json_schema(PivotHeader if kind == "pivot" else RoleHeader)
    if markdown:
        head = (
            "| key | needed | what it holds | kind | example |",
            "| --- | --- | --- | --- | --- |",
        )
        return "\n".join([*head, *_rows(document, "")])
    return json.dumps(document, ensure_ascii=False, indent=2)


def _rows(document: dict[str, Any], above: str) -> Iterator[str]:
    for name, value in document["properties"].items():
        key = f"{above}{name}"
        needed = "yes" if name in document["required"] else ""
        if name in document["required"] and above:
            needed = f"in each of `{above.split('.')[0].split('[')[0]}`"
        example = value.get("examples", [""])[0]
        shown = ", ".join(example) if isinstance(example, list) else str(example)
        shown = f"`{shown}`" if shown not in ("", "True") else ("`true`" if shown else "")
        cells = (f"`{key}`", needed, value["description"], _kind(value), shown)
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
        inner = value.get("items", value)
        if "properties" in inner:
            yield from _rows(inner, f"{key}[]." if "items" in value else f"{key}.")


def _kind(value: dict[str, Any]) -> str:
    if "anyOf" in value:
        return "window"
    if value["type"] == "array":
        return "list of keys" if "properties" in value["items"] else "list of text"
    if value.get("format") in ("date", "uri"):
        return {"date": "date", "uri": "address"}[str(value["format"])]
    return {"string": "text", "boolean": "true or false", "object": "keys"}[str(value["type"])]
