"""Template errors: layouts that Jinja cannot read, each with its place in plain words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches

from jinja2 import TemplateSyntaxError, nodes

from pivotgen.engines.layouts.affected_pages import affected_pages
from pivotgen.engines.layouts.closures import all_references, reachable
from pivotgen.model.problem import Problem

# Jinja gives no column. It names what it did not expect, or else a word in quotes.
_GOT = re.compile(r"got '(.+)'")
_QUOTED = re.compile(r"'([^']+)'")
_NO_FILTER = re.compile(r"No filter named '([^']+)'")


def template_errors(
    texts: Mapping[str, str],
    asts: Mapping[str, nodes.Template],
    errors: Mapping[str, TemplateSyntaxError],
    filters: Iterable[str],
    page_layouts: Collection[str],
) -> list[Problem]:
    """One problem for each layout of `errors`.

    `asts` are the layouts that could be parsed, and `page_layouts` those of all kinds of pages.
    """
    referred = all_references(asts)
    reached = {layout: reachable(layout, referred) for layout in page_layouts}
    problems = []
    for name, error in errors.items():
        affected = [layout for layout in page_layouts if name in reached[layout]]
        problem = Problem(
            f"layouts/{name}",
            error.lineno,
            _column(texts[name].splitlines(), error.lineno, str(error.message)),
            "layout",
            _plain(str(error.message)) + affected_pages(affected, page_layouts),
            _hint(str(error.message), filters),
        )
        problems.append(problem)
    return sorted(problems)


def unknown_filter_hint(name: str, filters: Iterable[str]) -> str:
    """The hint for a filter that is not there. `filters` are the names of those that are."""
    near = get_close_matches(name, sorted(filters), 1)
    return f"did you mean `{near[0]}`?" if near else "Config(filters=…) in build.py adds one"


def _plain(message: str) -> str:
    """Jinja's message as one of pivotgen: a small letter first, code in backticks, no full stop."""
    return _QUOTED.sub(r"`\1`", f"{message[:1].lower()}{message[1:]}".rstrip("."))


def _hint(message: str, filters: Iterable[str]) -> str:
    match = _NO_FILTER.match(message)
    return unknown_filter_hint(match[1], filters) if match else "fix the layout"


def _column(lines: list[str], line: int, message: str) -> int:
    """The column of the word that a message names, if the line has it once; else of its text."""
    text = lines[line - 1] if 0 < line <= len(lines) else ""
    match = _GOT.search(message) or _QUOTED.search(message)
    word = match[1] if match else ""
    pattern = re.escape(word)
    # A word must not be part of a longer one; signs, such as a brace, may stand next to anything.
    if re.fullmatch(r"\w+", word):
        pattern = rf"(?<!\w){pattern}(?!\w)"
    starts = [place.start() for place in re.finditer(pattern, text)] if word else []
    return 1 + (starts[0] if len(starts) == 1 else len(text) - len(text.lstrip()))
