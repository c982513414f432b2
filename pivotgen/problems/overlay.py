"""Overlay: problems as the preview shows them in a browser."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pivotgen.model.problem import Problem
from pivotgen.model.visible import visible
from pivotgen.problems.codes import code
from pivotgen.problems.excerpt import NOT_SHOWN, frame, source_lines

# The URL that opens a file in Visual Studio Code; `--editor` names that of another editor.
EDITOR_URL = "vscode://file/{path}:{line}:{column}"
# Lines shown before the line of the problem, and after it.
_AROUND = 2


def overlay_json(
    problems: Sequence[Problem], site: Path, editor_url: str, read: Callable[[str], bytes | None]
) -> bytes:
    """The problems as JSON for engines/preview/browser/overlay.js, in UTF-8.

    Each has the lines around it, and the URL that opens its place in an editor. `editor_url` is a
    pattern for that, with {path}, {line} and {column} in it. `read` gives the bytes of a file of
    the site, or None if there is no such file.
    """
    # Most problems come file by file, and a file may have many.
    source = lru_cache(1)(partial(_source, read))
    entries = [_entry(problem, site, editor_url, source(problem.path)) for problem in problems]
    return json.dumps({"problems": entries}, ensure_ascii=False).encode("utf-8", "replace")


def _source(read: Callable[[str], bytes | None], path: str) -> list[str] | None:
    data = read(path)
    return None if data is None else source_lines(data)


def _entry(
    problem: Problem, site: Path, editor_url: str, lines: list[str] | None
) -> dict[str, Any]:
    """One problem. `lines` are those of its file; None if there is no such file."""
    url = None
    shown, caret = frame(problem, lines or [], _AROUND)
    if lines is not None and problem.code not in NOT_SHOWN:
        path = quote((site / problem.path).as_posix().lstrip("/"))
        url = editor_url.format(path=path, line=problem.line, column=problem.column)
    return {
        "place": visible(f"{problem.path}:{problem.line}:{problem.column}"),
        "line": problem.line,
        "column": problem.column,
        # The column in the line as it is shown.
        "caret": caret,
        "level": problem.level,
        "code": problem.code,
        "message": visible(problem.message),
        "hint": visible(problem.hint),
        "more": f"pivotgen help {problem.code}" if code(problem.code) else "",
        "frame": shown,
        "editor": url,
    }
