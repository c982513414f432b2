"""Check: what layouts ask for that their pages do not have, found without rendering a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from jinja2 import nodes

from pivotgen.engines.layouts.affected_pages import affected_pages
from pivotgen.engines.layouts.compiler import Compiler
from pivotgen.engines.layouts.template_check.findings import Findings
from pivotgen.engines.layouts.template_check.layout_file import layout_file
from pivotgen.engines.layouts.template_check.layout_set import LayoutSet, PageLayout
from pivotgen.engines.layouts.template_check.unknown_names import check_names
from pivotgen.engines.layouts.template_check.walk import Walk
from pivotgen.model.phrases import Phrases
from pivotgen.model.problem import Problem


def check_templates(
    texts: Mapping[str, str],
    asts: Mapping[str, nodes.Template],
    compiler: Compiler,
    views: Mapping[str, type[Any]],
    phrases: Phrases | None,
) -> list[Problem]:
    """Every name, attribute, argument, block, layout and phrase that is not there.

    `texts` and `asts` are the layouts by name, and `views` gives the type of view that the layout
    of each kind of page sees. Without `phrases`, those that layouts ask for are not checked.
    """
    files = {
        name: layout_file(name, texts[name], ast, compiler.compiled(name, texts[name]).expected)
        for name, ast in asts.items()
    }
    known = compiler.environment
    layouts = LayoutSet(files, known.globals, known.filters, known.tests, phrases)
    hints: dict[Problem, str] = {}
    pages: dict[Problem, set[str]] = {}
    for layout, view in views.items():
        if layout in files:
            for problem, hint in _check_page(layouts, PageLayout(layout, view)).items():
                hints.setdefault(problem, hint)
                pages.setdefault(problem, set()).add(layout)
    return sorted(
        replace(problem, message=problem.message + affected_pages(pages[problem], views), hint=hint)
        for problem, hint in hints.items()
    )


def _check_page(layouts: LayoutSet, page: PageLayout) -> dict[Problem, str]:
    """The problems of one kind of page, each with its hint."""
    findings = Findings(layouts.files)
    walk = Walk(layouts, page, findings)
    walk.walk_page()
    check_names((layouts.files[name] for name in sorted(walk.seen)), layouts.functions, findings)
    return findings.hints
