"""Environment: Jinja as pivotgen uses it, strict and the same each time."""

from __future__ import annotations

import marshal
from collections.abc import Callable, Hashable, Mapping
from functools import lru_cache
from typing import Any

import jinja2
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator
from markupsafe import Markup, escape

from pivotgen.model.own_keys import OwnKeys

# How many results of `once` (about a kilobyte each) and of escaping are kept: more than many
# batches of pages ask for.
_ONCE = 16_384
_ESCAPED = 4_096


class CompiledLayouts(jinja2.BytecodeCache):
    """The compiled layouts. They go from one process to another and never to a disk, because they
    are code."""

    def __init__(self, code: Mapping[str, bytes]) -> None:
        self.code = dict(code)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket if its layout is compiled already."""
        if data := self.code.get(bucket.key):
            bucket.code = marshal.loads(data)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what the compiler made."""
        self.code[bucket.key] = marshal.dumps(bucket.code)


def environment(
    texts: Mapping[str, str],
    filters: Mapping[str, Callable[..., Any]],
    compiled: CompiledLayouts,
) -> jinja2.Environment:
    """The environment of these layouts, with the site's own filters beside those of Jinja."""
    made = _Environment(
        # The file name is the layout's own name, so that a traceback names the layout.
        loader=jinja2.FunctionLoader(
            lambda name: (texts[name], name, None) if name in texts else None
        ),
        autoescape=True,
        undefined=_Undefined,
        auto_reload=False,
        bytecode_cache=compiled,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # Both work by chance, and a page must come out the same each time.
    del made.filters["random"], made.globals["lipsum"]
    made.filters.update(filters)
    made.globals["once"] = lru_cache(_ONCE)(_once)
    return made


class _Undefined(jinja2.StrictUndefined):
    """What is not there; a site's own key is told in plain words."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        if isinstance(self._undefined_obj, OwnKeys):
            missing = f"there is no `{self._undefined_name}` in the `extra` of this page"
            return f"{missing}; ask with `is defined` first, or declare it in Config(extra=…)"
        return str(super()._undefined_message)


class _CodeGenerator(CodeGenerator):
    """Jinja's compiler, which here makes layouts escape with `_Environment.escape`."""

    def _output_child_pre(self, node: Any, frame: Any, finalize: Any) -> None:
        self.write("environment.escape(")
        if finalize.src is not None:
            self.write(finalize.src)


class _Environment(jinja2.Environment):
    code_generator_class = _CodeGenerator

    @staticmethod
    def escape(value: Any) -> Markup:
        """Escape a value as markupsafe does. Texts are remembered: most stand on many pages."""
        if type(value) is str:
            return _escaped(value)
        if value is None:
            # A page would say "None".
            raise jinja2.UndefinedError("nothing is there to show; ask with `is not none` first")
        # Equal texts share one memory, and a Markup equals its text but is escaped already.
        return value if type(value) is Markup else escape(value)


_escaped = lru_cache(_ESCAPED)(escape)


def _once(macro: Callable[..., Markup], *arguments: Hashable) -> Markup:
    return macro(*arguments)
