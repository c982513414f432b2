"""SARIF: problems in the Static Analysis Results Interchange Format 2.1.0 of OASIS."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from pivotgen.model.problem import Problem
from pivotgen.problems.codes import code
from pivotgen.problems.explanation import explanation, explanation_markdown
from pivotgen.problems.formats.json_text import json_text

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def format_sarif(problems: Sequence[Problem]) -> str:
    """Return all problems as one SARIF log."""
    codes = sorted({problem.code for problem in problems})
    driver = {"name": "pivotgen", "rules": [_rule(name) for name in codes]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(problem, codes.index(problem.code)) for problem in problems],
    }
    document = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json_text(document)


def _rule(name: str) -> dict[str, Any]:
    """Return what a viewer shows about a code; a rule of the site's own has only a name."""
    page = code(name)
    if page is None:
        return {"id": name}
    return {
        "id": name,
        "shortDescription": {"text": f"{page.summary}."},
        "fullDescription": {"text": page.why},
        "help": {"text": explanation(page), "markdown": explanation_markdown(page)},
    }


def _result(problem: Problem, rule_index: int) -> dict[str, Any]:
    region = {"startLine": problem.line, "startColumn": problem.column}
    location = {"artifactLocation": _artifact(problem.path), "region": region}
    return {
        "ruleId": problem.code,
        "ruleIndex": rule_index,
        "level": problem.level.value,
        "message": {"text": problem.full_message},
        "locations": [{"physicalLocation": location}],
        **_fixes(problem),
    }


def _fixes(problem: Problem) -> dict[str, Any]:
    if not problem.edits:
        return {}
    changes = [
        {
            "artifactLocation": _artifact(path),
            "replacements": [
                {
                    "deletedRegion": {
                        "startLine": edit.line,
                        "startColumn": edit.column,
                        "endLine": edit.end_line,
                        "endColumn": edit.end_column,
                    },
                    "insertedContent": {"text": edit.text},
                }
                for edit in problem.edits
                if edit.path == path
            ],
        }
        for path in sorted({edit.path for edit in problem.edits})
    ]
    description = {"text": problem.full_message}
    return {"fixes": [{"description": description, "artifactChanges": changes}]}


def _artifact(path: str) -> dict[str, str]:
    return {"uri": quote(path, errors="replace"), "uriBaseId": "%SRCROOT%"}
