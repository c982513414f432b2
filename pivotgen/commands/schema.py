"""`schema`: the JSON Schema of the frontmatter."""

from __future__ import annotations

import json

from pivotgen.engines.schema import json_schema
from pivotgen.model.header import PivotHeader, RoleHeader


def schema(kind: str) -> str:
    """The schema of a "pivot" or a "role" header as JSON text."""
    header = PivotHeader if kind == "pivot" else RoleHeader
    return json.dumps(json_schema(header), ensure_ascii=False, indent=2)
