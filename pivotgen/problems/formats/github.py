"""GitHub: problems as workflow commands, which GitHub shows at the lines of a change."""

from __future__ import annotations

from collections.abc import Sequence

from pivotgen.model.problem import Problem
from pivotgen.model.visible import visible


def format_github(problems: Sequence[Problem]) -> str:
    """Return one workflow command for each problem, each on a line of its own."""
    return "\n".join(
        f"::{problem.level} file={_escape_property(problem.path)},"
        f"line={problem.line},col={problem.column},"
        f"title={problem.code}::{_escape(problem.full_message)}"
        for problem in problems
    )


def _escape(text: str) -> str:
    # A workflow command ends at a line break.
    return visible(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    # A property ends at a comma, and the properties end at a colon.
    return _escape(text).replace(":", "%3A").replace(",", "%2C")
