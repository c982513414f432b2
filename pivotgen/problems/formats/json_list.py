"""JSON: problems as a list, in the form of docs/report.schema.json."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from pivotgen.model.problem import Problem


def format_json(problems: Sequence[Problem]) -> str:
    """Return all problems as one JSON object."""
    document = {"problems": [asdict(problem) for problem in problems]}
    return json.dumps(document, ensure_ascii=False, indent=1)
