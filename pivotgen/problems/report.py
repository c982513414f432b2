"""Reports: problems in the forms that programs read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any
from urllib.parse import quote

from pivotgen.model.problem import Problem
from pivotgen.problems.codes import code
from pivotgen.problems.explanation import explanation, explanation_markdown


def report(problems: Sequence[Problem], form: str) -> str:
    """All problems as one text: "json", "github" (workflow commands) or "sarif" (2.1.0)."""
    return {"json": _json, "github": _github, "sarif": _sarif}[form](problems)


def _json(problems: Sequence[Problem]) -> str:
    return json.dumps({"problems": [asdict(one) for one in problems]}, ensure_ascii=False, indent=1)


def _github(problems: Sequence[Problem]) -> str:
    """Workflow commands: the host shows each one at its line of the change."""
    return "\n".join(
        f"::{one.level} file={_escaped(one.path, True)},line={one.line},col={one.column},"
        f"title={one.code}::{_escaped(_whole(one))}"
        for one in problems
    )


def _whole(problem: Problem) -> str:
    return f"{problem.message}; {problem.hint}" if problem.hint else problem.message


def _escaped(text: str, inside: bool = False) -> str:
    """Workflow commands end at a line break; inside their head, at a colon or comma too."""
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if inside else text


_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def _sarif(problems: Sequence[Problem]) -> str:
    codes = sorted({one.code for one in problems})
    results: list[dict[str, Any]] = [
        {
            "ruleId": one.code,
            "ruleIndex": codes.index(one.code),
            "level": one.level.value,
            "message": {"text": _whole(one)},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": _artifact(one.path),
                        "region": {"startLine": one.line, "startColumn": one.column},
                    }
                }
            ],
            **_fixes(one),
        }
        for one in problems
    ]
    driver = {"name": "pivotgen", "rules": [_rule(name) for name in codes]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    document = {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [run],
    }
    return json.dumps(document, ensure_ascii=False, indent=1)


def _rule(name: str) -> dict[str, Any]:
    """What a viewer shows of a code; a site's own rule has no page and is only named."""
    page = code(name)
    if page is None:
        return {"id": name}
    return {
        "id": name,
        "shortDescription": {"text": f"{page.summary}."},
        "fullDescription": {"text": page.why},
        "help": {"text": explanation(page), "markdown": explanation_markdown(page)},
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
    return {"fixes": [{"description": {"text": _whole(problem)}, "artifactChanges": changes}]}


def _artifact(path: str) -> dict[str, str]:
    return {"uri": quote(path), "uriBaseId": "%SRCROOT%"}
