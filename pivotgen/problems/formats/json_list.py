"""JSON: problems as a list, in the form of docs/report.schema.json."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from pivotgen.model.problem import Problem
from pivotgen.problems.formats.json_text import json_text


def format_json(problems: Sequence[Problem]) -> str:
    """Return all problems as one JSON object."""
    document = {"problems": [asdict(problem) for problem in problems]}
    return json_text(document)
