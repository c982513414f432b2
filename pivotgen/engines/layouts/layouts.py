"""Layouts: Jinja templates that see `view`, `site` and `graph`, and nothing else.

They can use Jinja's own functions and filters, apart from `lipsum` and `random`: a page is the same
each time it is made. One function comes in addition: `once(macro, ...)` is what the macro makes
of its arguments, made once for all pages that ask for the same.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from traceback import walk_tb
from types import CodeType, MappingProxyType
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.exceptions import SecurityError

from pivotgen.engines.layouts.closures import closures
from pivotgen.engines.layouts.compiler import compiler_for
from pivotgen.engines.layouts.environment import environment
from pivotgen.engines.layouts.literal_links import literal_links
from pivotgen.engines.layouts.page_needs import page_needs
from pivotgen.engines.site_code import fault_place
from pivotgen.model.closure import Closure
from pivotgen.model.phrases import Phrases, UnknownPhraseError
from pivotgen.model.problem import Problem
from pivotgen.model.view import Chrome, View

_NO_CODE: Mapping[str, bytes] = MappingProxyType({})


class Layouts:
    """The layouts of one site."""

    def __init__(
        self,
        texts: Mapping[str, str],
        filters: Mapping[str, Callable[..., Any]],
        code: Mapping[str, bytes] = _NO_CODE,
        folder: str = "",
    ) -> None:
        """`texts` maps a layout's name, such as "pivot.html", to its source.

        `filters` are the site's own, by name. `code` is the compiled code of other Layouts with
        the same texts and filters. `folder` is that of the site whose code the filters are.
        """
        self._folder = folder
        self._texts = texts
        self._given = code
        self._compiler = compiler_for(filters)
        # The code of each layout that was asked for.
        self._code: dict[str, CodeType] = {}
        # Most pages need only the quick code. Layouts whose quick code failed once are left to the
        # careful code, which makes the same of whatever the quick code can make.
        self._quick = environment(filters, self._code_of, quick=True)
        self._environment = environment(filters, self._careful_code_of)
        self._left_to_careful: set[str] = set()
        # The syntax trees, once `check` has parsed the texts.
        self._asts: dict[str, nodes.Template] = {}

    @property
    def code(self) -> Mapping[str, bytes]:
        """The code of the layouts that are compiled so far, for other processes.

        It never goes to a disk, because it is code.
        """
        return {name: marshal.dumps(code) for name, code in self._code.items()}

    def _code_of(self, name: str) -> CodeType | None:
        """The code of a layout; None when there is no layout of this name."""
        if name not in self._code and name in self._texts:
            given = self._given.get(name)
            compiled = self._compiler.compiled
            code = marshal.loads(given) if given else compiled(name, self._texts[name]).code
            self._code[name] = code
        return self._code.get(name)

    def _careful_code_of(self, name: str) -> CodeType | None:
        text = self._texts.get(name)
        return None if text is None else self._compiler.careful(name, text)

    def check(self, views: Mapping[str, type[Any]], phrases: Phrases | None) -> list[Problem]:
        """Every layout that Jinja cannot read, or else everything they ask for that is not there.

        `views` gives the type of view that the layout of each kind of page sees. Without `phrases`,
        those that layouts ask for are not checked.
        """
        # Only a check of layouts that have changed needs these modules.
        from pivotgen.engines.layouts.template_check.check import check_templates
        from pivotgen.engines.layouts.template_errors import template_errors

        errors: dict[str, jinja2.TemplateSyntaxError] = {}
        for name in sorted(self._texts):
            try:
                self._asts[name] = self._compiler.tree(self._texts[name])
                # Some mistakes, such as an unknown filter, only the compiler sees.
                self._code_of(name)
            except jinja2.TemplateSyntaxError as error:
                errors[name] = error
            # The compiler itself evaluates what needs no page, such as `"a"[1] or "b"`.
            except jinja2.UndefinedError as error:
                errors[name] = jinja2.TemplateSyntaxError(str(error), 1, name)
            except RecursionError:
                message = "an expression of this layout is nested too deeply"
                errors[name] = jinja2.TemplateSyntaxError(message, 1, name)
                # Whatever walks its syntax tree would fail in the same way.
                self._asts.pop(name, None)
        if errors:
            filters = self._environment.filters
            return template_errors(self._texts, self._asts, errors, filters, views)
        return check_templates(self._texts, self._asts, self._compiler, views, phrases)

    def closures(self) -> dict[str, Closure]:
        """What each layout is made of. Call it when `check` has found no problem."""
        return {
            name: replace(
                closure,
                links=literal_links(self._texts[name]),
                needs=page_needs(name, self._texts[name]).needs,
            )
            for name, closure in closures(self._asts).items()
        }

    def inline_code(self, names: Iterable[str]) -> list[Problem]:
        """The code in the text of these layouts that the headers of the site forbid."""
        return [
            problem
            for name in sorted(names)
            for problem in page_needs(name, self._texts[name]).problems
        ]

    def render(self, name: str, view: View, site: Chrome, graph: str) -> str | Problem:
        """The page as HTML, or the problem with its layout."""
        if name not in self._left_to_careful:
            try:
                return self._quick.get_template(name).render(view=view, site=site, graph=graph)
            except (Exception, SystemExit):
                self._left_to_careful.add(name)
        try:
            template = self._environment.get_template(name)
            return template.render(view=view, site=site, graph=graph)
        # Anything can fail in a layout, also a filter of the site's own; its author is told where.
        except (Exception, SystemExit) as error:
            # The innermost line of a layout; the frames behind it are those of libraries.
            frames = walk_tb(error.__traceback__)
            lines = [(frame.f_code.co_filename, line) for frame, line in frames]
            layout, line = [(name, 1), *(at for at in lines if at[0] in self._texts)][-1]
            during = f"(while making {view.head.url})"
            if self._folder and (place := fault_place(Path(self._folder), error)):
                # Jinja knows its own lines only where an ordinary error passes through it.
                called = f"{layout}:{line}" if isinstance(error, Exception) else layout
                message = f"a filter failed, called in layouts/{called}: {_message(error)}"
                hint = "fix the filter of Config(filters=…)"
                return Problem(*place, 1, "own-code", f"{message} {during}", hint)
            message = f"{_message(error)} {during}"
            return Problem(f"layouts/{layout}", line, 1, "layout", message, "fix the layout")


def _message(error: BaseException) -> str:
    if isinstance(error, jinja2.TemplateNotFound):
        return f"there is no layout `{error.name}`"
    if isinstance(error, RecursionError):
        return "this layout includes or calls itself without end"
    if isinstance(error, jinja2.UndefinedError | SecurityError | UnknownPhraseError):
        return str(error)
    return f"{type(error).__name__}: {error}"
