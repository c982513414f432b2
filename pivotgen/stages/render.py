"""Render: Pages to Outputs, and the problems of the layouts that failed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pivotgen.engines.layouts import Layouts
from pivotgen.model.config import Config
from pivotgen.model.page import Output, Page
from pivotgen.model.problem import Problem
from pivotgen.model.source import Source
from pivotgen.model.view import Chrome
from pivotgen.outputs.structured_data import structured_data


def render(
    pages: Iterable[Page], layouts: Sequence[Source], chrome: Chrome, config: Config
) -> tuple[list[Output], list[Problem]]:
    """The bytes of every page."""
    texts = {
        one.path.removeprefix("layouts/"): one.data.decode("utf-8-sig", "replace")
        for one in layouts
    }
    engine = Layouts(texts, config.filters)
    if problems := engine.check():
        return [], problems
    outputs = []
    for page in pages:
        graph = structured_data(page.view, config)
        html = engine.render(page.layout, page.view, chrome, graph)
        if isinstance(html, Problem):
            problems.append(html)
        else:
            outputs.append(Output(page.output, html.encode()))
    return outputs, problems
