"""Findings: what is wrong in the layouts of one page, each with its place and a hint."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from pivotgen.engines.layouts.template_check.layout_file import LayoutFile
from pivotgen.model.problem import Problem


class Findings:
    """The problems of one kind of page."""

    def __init__(self, files: Mapping[str, LayoutFile]) -> None:
        self._files = files
        # Each problem without its hint: the first hint is kept.
        self.hints: dict[Problem, str] = {}

    def add(
        self, at: tuple[str, int], word: str, message: str, hint: str, *, path: str = ""
    ) -> None:
        """Add a problem. `at` is the layout and the line.

        The column is that of `word`: the one that ends `path`, if the line has `path`.
        """
        file, line = at
        lines = self._files[file].lines
        text = lines[line - 1] if line <= len(lines) else ""
        problem = Problem(f"layouts/{file}", line, _column(text, word, path), "layout", message)
        self.hints.setdefault(problem, hint)


def did_you_mean(name: str, names: Iterable[str]) -> str:
    """A question that names the nearest of these names, followed by a space; "" if none is near."""
    near = get_close_matches(name, sorted(names), 1)
    return f"did you mean `{near[0]}`? " if near else ""


def listed(names: list[str]) -> str:
    """Names one after the other, each as code."""
    return ", ".join(f"`{name}`" for name in names)


def _column(text: str, word: str, path: str) -> int:
    """The column of a word, counted from 1; 1 when the line does not have it."""
    for spelling in (path, word):
        match = re.search(rf"(?<!\w){re.escape(spelling)}(?!\w)", text) if spelling else None
        if match:
            return match.start() + spelling.rfind(word) + 1
    return 1
