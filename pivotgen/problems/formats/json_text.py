"""JSON text: values as JSON that is safe to print."""

from __future__ import annotations

import json

from pivotgen.model.visible import visible_json


def json_text(value: object, indent: int = 1) -> str:
    """Return a value as JSON whose text no terminal and no log takes for a command."""
    return visible_json(json.dumps(value, ensure_ascii=False, indent=indent))
