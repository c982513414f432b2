"""GitLab: problems as a report of Code Quality, which GitLab shows at the lines of a change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from hashlib import sha256

from pivotgen.model.problem import Level, Problem
from pivotgen.problems.formats.json_text import json_text

_SEVERITIES = {Level.ERROR: "major", Level.WARNING: "minor"}


def format_gitlab(problems: Sequence[Problem]) -> str:
    """Return all problems as one JSON array."""
    counts: Counter[str] = Counter()
    return json_text([_entry(problem, counts) for problem in problems])


def _entry(problem: Problem, counts: Counter[str]) -> dict[str, object]:
    # The line is no part of it, so a problem stays the same when lines above it come or go.
    same = "\0".join((problem.path, problem.code, problem.full_message))
    counts[same] += 1
    name = f"{same}\0{counts[same]}".encode("utf-8", "backslashreplace")
    return {
        "description": problem.full_message,
        "check_name": problem.code,
        "fingerprint": sha256(name).hexdigest(),
        "severity": _SEVERITIES[problem.level],
        "location": {"path": problem.path, "lines": {"begin": problem.line}},
    }
