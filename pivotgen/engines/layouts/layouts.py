"""Layouts: Jinja, strict and closed. A layout sees `view`, `site` and `graph`, nothing else.

It may use Jinja's own functions and filters, apart from `lipsum` and `random`: a page is the same
each time it is made. One function comes in addition: `once(macro, ...)` is what the macro makes
of its arguments, made once for all pages that ask for the same.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Hashable, Mapping
from functools import lru_cache
from traceback import walk_tb
from types import MappingProxyType
from typing import Any

import jinja2
from jinja2 import meta, nodes
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator
from markupsafe import Markup, escape

from pivotgen.model.closure import Closure
from pivotgen.model.phrases import Phrases, UnknownPhraseError
from pivotgen.model.problem import Problem
from pivotgen.model.view import Chrome, View

_NOTHING: Mapping[str, bytes] = MappingProxyType({})
# Results that are kept of `once` (about a kilobyte each) and of escaping: more than many batches
# of pages ask for.
_KEPT = 16_384
_ESCAPED = 4_096


class _Code(CodeGenerator):
    """Jinja's compiler, with an escape that remembers short texts: most stand on many pages."""

    def _output_child_pre(self, node: Any, frame: Any, finalize: Any) -> None:
        self.write("environment.escape(")
        if finalize.src is not None:
            self.write(finalize.src)


class _Environment(jinja2.Environment):
    code_generator_class = _Code

    @staticmethod
    def escape(value: Any) -> Markup:
        """markupsafe's, for any value."""
        if type(value) is str:
            return _escaped(value)
        # A Markup of the same letters would be taken for the text, and is escaped already.
        return value if type(value) is Markup else escape(value)


_escaped = lru_cache(_ESCAPED)(escape)


class _Compiled(jinja2.BytecodeCache):
    """What the compiler made of each layout. It goes from one process to another and never to a
    disk, because it is code."""

    def __init__(self, code: Mapping[str, bytes]) -> None:
        self.code = dict(code)

    def load_bytecode(self, bucket: Bucket) -> None:
        if data := self.code.get(bucket.key):
            bucket.code = marshal.loads(data)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.code[bucket.key] = marshal.dumps(bucket.code)


class Layouts:
    """The layouts of one site, compiled once."""

    def __init__(
        self,
        texts: Mapping[str, str],
        filters: Mapping[str, Callable[..., Any]],
        code: Mapping[str, bytes] = _NOTHING,
    ) -> None:
        """`texts` maps a layout's name, such as "pivot.html", to its source; `code` is what other
        Layouts of the same texts and filters have compiled."""
        self._names = frozenset(texts)
        self._compiled = _Compiled(code)
        # What a check has read.
        self._asts: dict[str, nodes.Template] = {}
        self._texts = texts
        self._environment = _Environment(
            # Named after itself, so that a fault in it can be told from one in another.
            loader=jinja2.FunctionLoader(
                lambda name: (texts[name], name, None) if name in texts else None
            ),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            auto_reload=False,
            bytecode_cache=self._compiled,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        # By chance, which no page may depend on.
        del self._environment.filters["random"], self._environment.globals["lipsum"]
        self._environment.filters.update(filters)
        self._environment.globals["once"] = lru_cache(_KEPT)(_once)

    @property
    def code(self) -> Mapping[str, bytes]:
        """What has been compiled so far."""
        return self._compiled.code

    def check(self, views: Mapping[str, type[Any]], phrases: Phrases | None) -> list[Problem]:
        """Every layout that Jinja cannot read, or else all that they ask for in vain.

        `views` gives what each layout of a page sees. Without `phrases` nothing is said of those
        that layouts ask for.
        """
        # Only a check of layouts that have changed needs them.
        from pivotgen.engines.layouts.template_check import closed
        from pivotgen.engines.layouts.template_errors import unread

        asts = self._asts
        errors: dict[str, jinja2.TemplateSyntaxError] = {}
        for name in sorted(self._names):
            try:
                asts[name] = self._environment.parse(self._texts[name])
                # Some mistakes, such as an unknown filter, only its compiler sees.
                self._environment.get_template(name)
            except jinja2.TemplateSyntaxError as error:
                errors[name] = error
        if errors:
            return unread(self._texts, asts, errors, self._environment.filters, views)
        return closed(self._texts, asts, self._environment.globals, views, phrases)

    def closures(self) -> dict[str, Closure]:
        """What each layout is made of; call it when `check` has found nothing."""
        return {name: self._closure(name, self._asts) for name in self._asts}

    def _closure(self, name: str, asts: Mapping[str, nodes.Template]) -> Closure:
        found: set[str] = set()
        waiting = [name]
        while waiting:
            one = waiting.pop()
            if one not in found and one in asts:
                found.add(one)
                for other in meta.find_referenced_templates(asts[one]):
                    # A name that is only known while a page is made may be any of them.
                    waiting += asts if other is None else [other]
        assets: set[str] = set()
        for one in found:
            named = _assets(asts[one])
            if named is None:
                return Closure(tuple(sorted(found)), None)
            assets |= named
        return Closure(tuple(sorted(found)), tuple(sorted(assets)))

    def render(self, name: str, view: View, site: Chrome, graph: str) -> str | Problem:
        """The page as HTML, or the problem with its layout."""
        try:
            template = self._environment.get_template(name)
            return template.render(view=view, site=site, graph=graph)
        # Whatever makes a layout fail, a filter of the site's own too, its author is told where.
        except Exception as error:
            frames = [
                (frame.f_code.co_filename, line) for frame, line in walk_tb(error.__traceback__)
            ]
            places = [one for one in frames if one[0] in self._names] or [(name, 1)]
            return _problem(*places[-1], f"{_said(error)} (while making {view.head.url})")


def _said(error: Exception) -> str:
    if isinstance(error, jinja2.TemplateNotFound):
        return f"there is no layout `{error.name}`"
    if isinstance(error, RecursionError):
        return "this layout includes or calls itself without end"
    if isinstance(error, jinja2.UndefinedError | UnknownPhraseError):
        return str(error)
    return f"{type(error).__name__}: {error}"


def _once(macro: Callable[..., Markup], *arguments: Hashable) -> Markup:
    return macro(*arguments)


def _assets(ast: nodes.Template) -> set[str] | None:
    """The assets that a layout asks for by name; None when one is asked for in another way."""
    named: set[str] = set()
    plain: set[int] = set()
    for item in ast.find_all(nodes.Getitem):
        if _is_assets(item.node) and isinstance(item.arg, nodes.Const):
            named.add(str(item.arg.value))
            plain.add(id(item.node))
    others = (one for one in ast.find_all(nodes.Getattr) if _is_assets(one))
    return None if any(id(one) not in plain for one in others) else named


def _is_assets(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Getattr) and node.attr == "assets"


def _problem(name: str, line: int, message: str) -> Problem:
    return Problem(f"layouts/{name}", line, 1, "layout", message, "mend the layout")
