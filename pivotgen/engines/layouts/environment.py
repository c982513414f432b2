"""Environment: Jinja as pivotgen uses it, strict, in its sandbox and the same each time."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping, MutableMapping
from functools import lru_cache
from types import CodeType, MethodType
from typing import Any

import jinja2
from jinja2 import sandbox
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

from pivotgen.engines.layouts.code_generator import CarefulCode, QuickCode, is_harmless
from pivotgen.model.own_keys import OwnKeys

# How many results of `once` and of escaping are kept: as many as the pages of some batches ask for.
# Each result of `once` keeps what it was asked about too, several kilobytes with a card.
_ONCE = 4_096
_ESCAPED = 4_096


class _Loader(jinja2.BaseLoader):
    """Loads what is compiled already."""

    def __init__(self, code_of: Callable[[str], CodeType | None]) -> None:
        self._code_of = code_of

    def load(
        self,
        environment: jinja2.Environment,
        name: str,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002
    ) -> jinja2.Template:
        """The layout of this name. jinja2.TemplateNotFound."""
        code = self._code_of(name)
        if code is None:
            raise jinja2.TemplateNotFound(name)
        return jinja2.Template.from_code(environment, code, {} if globals is None else globals)


def environment(
    filters: Mapping[str, Callable[..., Any]],
    code_of: Callable[[str], CodeType | None] | None = None,
    *,
    quick: bool = False,
) -> LayoutEnvironment:
    """Jinja with the site's own filters beside its own.

    `code_of` gives the code of a layout by its name. Without it nothing can be rendered. `quick`
    is for code that asks for names straight, and fails where one is missing.
    """
    made = (QuickEnvironment if quick else LayoutEnvironment)(
        loader=_Loader(code_of) if code_of else None,
        autoescape=True,
        undefined=_Undefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # Both work by chance, and a page must come out the same each time.
    del made.filters["random"], made.globals["lipsum"]
    made.filters["safe"] = _safe
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


_as_markup = str.__new__
_special = re.compile("[&<>'\"]").search


@lru_cache(_ESCAPED)
def _escaped(text: str) -> Markup:
    # Most texts have nothing to escape, and Markup takes a detour for what is no text.
    return escape(text) if _special(text) else _as_markup(Markup, text)


class LayoutEnvironment(sandbox.ImmutableSandboxedEnvironment):
    """Jinja's environment, with what it learns of a layout as it compiles it.

    The sandbox keeps mistakes from reaching Python. It is no boundary: layouts are code.
    """

    code_generator_class = CarefulCode
    # The value of an attribute or an item that the sandbox has nothing against.
    attribute = jinja2.Environment.getattr
    # Escape a text. Texts are remembered, because most stand on many pages.
    escaped_text = staticmethod(_escaped)
    item = jinja2.Environment.getitem

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        # Names that what was compiled here expects from outside.
        self.expected: set[str] = set()
        self._loaded: dict[str, jinja2.Template] = {}

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """What each layout can use besides its view: one plain mapping, which is quick to copy."""
        return {**self.globals, **d} if d else self.globals

    def get_template(
        self,
        name: str | jinja2.Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002
    ) -> jinja2.Template:
        """A layout by its name. Every page asks for several, and a layout never changes here."""
        if isinstance(name, str) and globals is None:
            if name not in self._loaded:
                self._loaded[name] = super().get_template(name, parent)
            return self._loaded[name]
        return super().get_template(name, parent, globals)

    def call(self, context: Context, called: Any, /, *args: Any, **names: Any) -> Any:
        """Call a macro, a method or `once` straight, and anything else as the sandbox does it.

        Jinja asks each time what the callee wants to be given besides, which takes longer than
        most calls.
        """
        kind = type(called)
        if kind is Macro:
            args = (context.eval_ctx, *args)
        elif kind not in _PLAIN or hasattr(called, "jinja_pass_arg"):
            return super().call(context, called, *args, **names)
        return called(*args, **names)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """The item or the attribute of this name; the sandbox is asked as by the compiler."""
        return self.item(obj, argument) if is_harmless(argument) else super().getitem(obj, argument)

    def unsafe_undefined(self, obj: Any, attribute: str) -> jinja2.Undefined:
        """What stands for a name that the sandbox refuses, until somebody uses it."""
        message = f"a layout cannot use `{attribute}` of a {type(obj).__name__}"
        return self.undefined(message, obj, attribute, exc=SecurityError)

    @staticmethod
    def escape(value: Any) -> Markup:
        """Escape a value that is no text as markupsafe does."""
        if value is None:
            # A page would say "None".
            raise jinja2.UndefinedError("nothing is there to show; ask with `is not none` first")
        # Equal texts share one memory, and a Markup equals its text but is escaped already.
        return value if type(value) is Markup else escape(value)


class QuickEnvironment(LayoutEnvironment):
    """The same for code that takes attributes and items straight."""

    code_generator_class = QuickCode


# What layouts call besides macros: phrases and other methods, and `once`.
_PLAIN = frozenset({MethodType, type(_escaped)})


def _safe(value: Any) -> Markup:
    """The filter `safe`: a text as it stands, without the detour that Markup takes for others."""
    return _as_markup(Markup, value) if type(value) is str else Markup(value)


def _once(macro: Callable[..., Markup], *arguments: Hashable) -> Markup:
    return macro(*arguments)
