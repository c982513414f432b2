"""Compiler: the syntax tree and the code of each layout, made once in a process."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from types import CodeType
from typing import Any

from jinja2 import nodes

from pivotgen.engines.layouts.environment import environment
from pivotgen.engines.layouts.syntax_tree import copy_of
from pivotgen.model.lazy_dataclass import dataclass

# How many layouts are kept (about 100 kilobytes each): those of a site, and some earlier versions.
_KEPT = 64


@dataclass(frozen=True, slots=True)
class CompiledLayout:
    """What compiling tells of a layout."""

    code: CodeType
    # Names that it expects from outside.
    expected: frozenset[str]


class Compiler:
    """Jinja's parser and compiler, and what they made of the latest layouts."""

    def __init__(self, filters: Mapping[str, Callable[..., Any]]) -> None:
        """`filters` are the site's own, by name."""
        self._filters = filters
        # All that layouts can use.
        self.environment = environment(filters)
        self._tree = lru_cache(_KEPT)(self.environment.parse)
        self._compiled = lru_cache(_KEPT)(self._compile)
        self._careful = lru_cache(_KEPT)(self._compile_carefully)

    def tree(self, text: str) -> nodes.Template:
        """The syntax tree of a layout, which nobody may change. jinja2.TemplateSyntaxError."""
        return self._tree(text)

    def compiled(self, name: str, text: str) -> CompiledLayout:
        """The layout of this name, compiled to quick code.

        jinja2.TemplateSyntaxError for what only the compiler sees, such as an unknown filter;
        jinja2.UndefinedError for what it evaluates itself, such as `"a"[1] or "b"`.
        """
        return self._compiled(name, text)

    def careful(self, name: str, text: str) -> CodeType:
        """The code that is right also where the quick code fails; of a layout that compiles."""
        return self._careful(name, text)

    def _compile_carefully(self, name: str, text: str) -> CodeType:
        return environment(self._filters).compile(copy_of(self.tree(text)), name, name)

    def _compile(self, name: str, text: str) -> CompiledLayout:
        compiling = environment(self._filters, quick=True)
        # The file name is the layout's own name, so that a traceback names the layout.
        code = compiling.compile(copy_of(self.tree(text)), name, name)
        return CompiledLayout(code, frozenset(compiling.expected))


def compiler_for(filters: Mapping[str, Callable[..., Any]]) -> Compiler:
    """The compiler of layouts that can use these filters of a site's own.

    The compiler itself may call a filter, so what it makes with one is not kept for other builds.
    """
    return Compiler(filters) if filters else _plain_compiler()


@cache
def _plain_compiler() -> Compiler:
    return Compiler({})
