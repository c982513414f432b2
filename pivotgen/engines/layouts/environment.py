"""Environment: Jinja as pivotgen uses it, strict and the same each time."""

from __future__ import annotations

import marshal
from collections.abc import Callable, Hashable, Mapping
from functools import lru_cache
from types import CodeType
from typing import Any

import jinja2
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape

# How many results of `once` (about a kilobyte each) and of escaping are kept: more than many
# batches of pages ask for.
_ONCE = 16_384
_ESCAPED = 4_096


class CompiledLayouts(jinja2.BytecodeCache):
    """The compiled layouts. They go from one process to another and never to a disk, because they
    are code."""

    def __init__(self, code: Mapping[str, bytes]) -> None:
        self.code = dict(code)

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """The key of a layout: its name."""
        return name

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket if its layout is compiled already."""
        if data := self.code.get(bucket.key):
            bucket.code = marshal.loads(data)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what the compiler made."""
        if bucket.code:
            self.store(bucket.key, bucket.code)

    def store(self, name: str, compiled: CodeType) -> None:
        """Keep what the compiler made of a layout."""
        self.code[name] = marshal.dumps(compiled)


def environment(
    texts: Mapping[str, str],
    filters: Mapping[str, Callable[..., Any]],
    compiled: CompiledLayouts,
) -> LayoutEnvironment:
    """The environment of these layouts, with the site's own filters beside those of Jinja."""
    made = LayoutEnvironment(
        # The file name is the layout's own name, so that a traceback names the layout.
        loader=jinja2.FunctionLoader(
            lambda name: (texts[name], name, None) if name in texts else None
        ),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
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


class _CodeGenerator(CodeGenerator):
    """Jinja's compiler, which here makes layouts escape with `LayoutEnvironment.escape`."""

    environment: LayoutEnvironment

    def enter_frame(self, frame: Frame) -> None:
        """Note the names that come from outside, as `jinja2.meta` does by compiling once more."""
        super().enter_frame(frame)
        expected = self.environment.expected.setdefault(str(self.name), set())
        for action, name in frame.symbols.loads.values():
            if action == "resolve" and name and name not in self.environment.globals:
                expected.add(name)

    def _output_child_pre(self, node: Any, frame: Any, finalize: Any) -> None:
        self.write("environment.escape(")
        if finalize.src is not None:
            self.write(finalize.src)


class LayoutEnvironment(jinja2.Environment):
    """Jinja's environment, with what it learns of layouts as it compiles them."""

    code_generator_class = _CodeGenerator

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        # By each layout that was compiled, the names that it expects from outside.
        self.expected: dict[str, set[str]] = {}

    @staticmethod
    def escape(value: Any) -> Markup:
        """Escape a value as markupsafe does. Texts are remembered: most stand on many pages."""
        if type(value) is str:
            return _escaped(value)
        # Equal texts share one memory, and a Markup equals its text but is escaped already.
        return value if type(value) is Markup else escape(value)


_escaped = lru_cache(_ESCAPED)(escape)


def _once(macro: Callable[..., Markup], *arguments: Hashable) -> Markup:
    return macro(*arguments)
