"""Report: all problems of a check in one of the formats that programs read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from pivotgen.model.problem import Problem
from pivotgen.problems.formats.github import format_github
from pivotgen.problems.formats.gitlab import format_gitlab
from pivotgen.problems.formats.json_list import format_json
from pivotgen.problems.formats.sarif import format_sarif

_FORMATS: Mapping[str, Callable[[Sequence[Problem]], str]] = {
    "github": format_github,
    "gitlab": format_gitlab,
    "json": format_json,
    "sarif": format_sarif,
}


def report(problems: Sequence[Problem], form: str) -> str:
    """Return all problems as one text in the format "github", "gitlab", "json" or "sarif"."""
    return _FORMATS[form](problems)
