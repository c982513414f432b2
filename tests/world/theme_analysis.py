"""What layouts and phrases say, worked out once in a process.

Most sites of the tests have the theme's layouts and phrases. Checking them takes more than half of
the time of a build, and the result follows from their texts alone. So the first build works it out,
and later builds in this process get copies of the result. A site with any other layout, phrase,
filter or key of its own is worked out by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from jinja2 import nodes

from pivotgen.engines.layouts import phrases as phrase_files
from pivotgen.engines.layouts.compiler import Compiler, compiler_for
from pivotgen.engines.layouts.layouts import Layouts
from pivotgen.engines.layouts.template_check import check
from pivotgen.engines.packing import pack, unpack
from pivotgen.model.closure import Closure
from pivotgen.model.phrases import Phrases
from pivotgen.model.problem import Problem
from pivotgen.model.source import Source

# Results that are kept of each kind: more than the sites that a test file tries one after another.
_KEPT = 200


def remember_analyses() -> None:
    """From now on this process works out the same layouts and phrases only once."""
    _remember_checks()
    _remember_closures()
    _remember_phrases()


def _remember_checks() -> None:
    work_out = check.check_templates
    known: dict[object, list[Problem]] = {}

    def remembered(
        texts: Mapping[str, str],
        asts: Mapping[str, nodes.Template],
        compiler: Compiler,
        views: Mapping[str, type[Any]],
        phrases: Phrases | None,
    ) -> list[Problem]:
        # The compiler of a site with filters of its own may find something else.
        if compiler is not compiler_for({}):
            return work_out(texts, asts, compiler, views, phrases)
        key = (tuple(texts.items()), tuple(views.items()), pack(phrases))
        if key not in known:
            _make_room(known)
            known[key] = work_out(texts, asts, compiler, views, phrases)
        return list(known[key])

    check.check_templates = remembered


def _remember_closures() -> None:
    work_out = Layouts.closures
    known: dict[object, bytes] = {}

    def remembered(self: Layouts) -> dict[str, Closure]:
        key = tuple(self._texts.items())
        if key not in known:
            _make_room(known)
            known[key] = pack(work_out(self))
        return unpack(dict[str, Closure], known[key])

    Layouts.closures = remembered  # type: ignore[method-assign]


def _remember_phrases() -> None:
    work_out = phrase_files.read_phrases
    known: dict[object, tuple[Phrases | None, list[Problem]]] = {}

    def remembered(
        sources: Sequence[Source], language: str, theme: Sequence[Source] = ()
    ) -> tuple[Phrases | None, list[Problem]]:
        key = (tuple(sources), language, tuple(theme))
        if key not in known:
            _make_room(known)
            known[key] = work_out(sources, language, theme)
        phrases, problems = known[key]
        return phrases, list(problems)

    phrase_files.read_phrases = remembered


def _make_room(known: dict[object, Any]) -> None:
    if len(known) >= _KEPT:
        known.clear()
