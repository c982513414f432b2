"""`help`: lists the codes of problems, and joins their pages into one."""

from __future__ import annotations

from pivotgen.problems.codes import codes
from pivotgen.problems.explanation import explanation_markdown


def overview() -> str:
    """Every code with its summary, one per line."""
    width = max(map(len, codes()))
    return "\n".join(f"{name:{width}}  {code.summary}" for name, code in codes().items())


def markdown() -> str:
    """The pages of all codes as one: docs/errors.md."""
    lines = [
        "# Errors and warnings",
        "",
        "What `pivotgen help --markdown` prints; a test holds it to the pages in",
        "`pivotgen/problems/codes/`. An error stops a build; a warning does not.",
        "",
        *(f"- [`{name}`](#{name}) {code.summary}" for name, code in codes().items()),
    ]
    for name, code in codes().items():
        lines += ["", f"## {name}", "", explanation_markdown(code)]
    return "\n".join(lines)
