"""Overlay: problems as the browser's side of a preview shows them."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pivotgen.model.problem import Problem
from pivotgen.problems.codes import code
from pivotgen.problems.excerpt import frame

# Where most writers' editor opens a file; others are named with --editor.
EDITOR = "vscode://file/{path}:{line}:{column}"
# Lines shown before and after the one at fault.
_AROUND = 2


def overlay(
    problems: Sequence[Problem], site: Path, editor: str, data: Callable[[str], bytes | None]
) -> bytes:
    """All problems as JSON, each with the lines around it and the address that opens the editor.

    `editor` is that address with {path}, {line} and {column} in it; `data` reads a file of the
    site, or says None.
    """
    shown = [_shown(one, site, editor, data(one.path)) for one in problems]
    return json.dumps({"problems": shown}, ensure_ascii=False).encode("utf-8", "replace")


def _shown(problem: Problem, site: Path, editor: str, data: bytes | None) -> dict[str, Any]:
    address = None
    if data is not None:
        path = quote((site / problem.path).as_posix().lstrip("/"))
        address = editor.format(path=path, line=problem.line, column=problem.column)
    return {
        "place": f"{problem.path}:{problem.line}:{problem.column}",
        "line": problem.line,
        "column": problem.column,
        "level": problem.level,
        "code": problem.code,
        "message": problem.message,
        "hint": problem.hint,
        "more": f"pivotgen help {problem.code}" if code(problem.code) else "",
        "frame": [] if data is None else frame(data, problem.line, _AROUND),
        "editor": address,
    }
