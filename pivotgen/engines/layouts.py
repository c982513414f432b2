"""Layouts: Jinja, strict and closed. A layout sees `view`, `site` and `graph`, nothing else."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping
from typing import Any

import jinja2

from pivotgen.model.problem import Problem
from pivotgen.model.view import Chrome, View


class Layouts:
    """The layouts of one site, compiled once."""

    def __init__(self, texts: Mapping[str, str], filters: Mapping[str, Callable[..., Any]]) -> None:
        """`texts` maps a layout's name, such as "pivot.html", to its source."""
        self._names = frozenset(texts)
        self._environment = jinja2.Environment(
            loader=jinja2.DictLoader(dict(texts)),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            auto_reload=False,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters.update(filters)

    def check(self) -> list[Problem]:
        """Every layout that Jinja cannot read."""
        problems = []
        for name in sorted(self._names):
            try:
                self._environment.get_template(name)
            except jinja2.TemplateSyntaxError as error:
                problems.append(_problem(error.name or name, error.lineno, str(error.message)))
        return problems

    def render(self, name: str, view: View, site: Chrome, graph: str) -> str | Problem:
        """The page as HTML, or the problem with its layout."""
        try:
            template = self._environment.get_template(name)
            return template.render(view=view, site=site, graph=graph)
        except jinja2.TemplateNotFound as error:
            return _problem(str(error.name), 1, "this layout does not exist")
        except jinja2.UndefinedError as error:
            frames = traceback.extract_tb(error.__traceback__)
            place, line = name, 1
            for frame in frames:
                if frame.filename == "<template>" or frame.filename in self._names:
                    line = frame.lineno or 1
            return _problem(place, line, f"{error.message} (while making {view.head.url})")


def _problem(name: str, line: int, message: str) -> Problem:
    return Problem(f"layouts/{name}", line, 1, "layout", message, "mend the layout")
