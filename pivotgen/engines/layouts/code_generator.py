"""Code generator: Jinja's compiler, which here makes code that is quick to run.

It makes code of two sorts. The careful sort does what Jinja says, also where an attribute is
missing. The quick sort takes half the time, and fails there.
"""

from __future__ import annotations

from collections import deque
from keyword import iskeyword
from typing import Any, Protocol

from jinja2 import nodes, sandbox
from jinja2.compiler import CodeGenerator, Frame


class _Learning(Protocol):
    """An environment that is told what is learned of a layout as it is compiled."""

    globals: dict[str, Any]
    # Names that the layout expects from outside.
    expected: set[str]


class CarefulCode(CodeGenerator):
    """Code that escapes with `LayoutEnvironment.escape`, and asks the sandbox where it has to."""

    environment: _Learning  # type: ignore[assignment]

    def write_commons(self) -> None:
        """Have what escapes at hand: it is called for everything that a page shows."""
        super().write_commons()
        self.writeline("escaped_text, shown = environment.escaped_text, environment.escape")

    def enter_frame(self, frame: Frame) -> None:
        """Note the names that come from outside, as `jinja2.meta` does by compiling once more."""
        super().enter_frame(frame)
        for action, name in frame.symbols.loads.values():
            if action == "resolve" and name and name not in self.environment.globals:
                self.environment.expected.add(name)

    def _output_child_pre(self, node: Any, frame: Any, finalize: Any) -> None:
        # Most of it is text, and texts are remembered.
        self.write("(escaped_text(value) if type(value := (")

    def _output_child_post(self, node: Any, frame: Any, finalize: Any) -> None:
        self.write(")) is str else shown(value))")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        """Ask the sandbox only for names that it may refuse: to ask takes a third of a page."""
        if node.attr.startswith("_"):
            message = (
                f"a layout cannot ask for `{node.attr}`: such names are those of Python itself"
            )
            self.fail(message, node.lineno)
        if node.attr in _GUARDED:
            super().visit_Getattr(node, frame)
            return
        self.write("environment.attribute(")
        self.visit(node.node, frame)
        self.write(f", {node.attr!r})")

    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:  # noqa: N802
        """The same for an item with a plain name, such as a phrase."""
        if not (isinstance(node.arg, nodes.Const) and is_harmless(node.arg.value)):
            super().visit_Getitem(node, frame)
            return
        self.write("environment.item(")
        self.visit(node.node, frame)
        self.write(f", {node.arg.value!r})")

    def visit_Call(  # noqa: N802
        self, node: nodes.Call, frame: Frame, forward_caller: bool = False
    ) -> None:
        """Leave out the variables of loops and blocks: nothing that is called asks for them."""
        self.write("environment.call(context, ")
        self.visit(node.node, frame)
        self.signature(node, frame, {"caller": "caller"} if forward_caller else None)
        self.write(")")


class QuickCode(CarefulCode):
    """Code that takes what it asks for straight from Python, as if it were always there.

    Where it is not, this code fails, and the careful code says what that means.
    """

    # What a test or a filter asks about may be missing.
    _asked: nodes.Node | None = None

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        """An attribute as Python itself asks for it."""
        if node is self._asked or not _is_plain(node.attr):
            super().visit_Getattr(node, frame)
            return
        self._visit_owner(node.node, frame)
        self.write(f".{node.attr}")

    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:  # noqa: N802
        """An item with a plain name as Python itself asks for it."""
        if node is self._asked or not (
            isinstance(node.arg, nodes.Const) and is_harmless(node.arg.value)
        ):
            super().visit_Getitem(node, frame)
            return
        self._visit_owner(node.node, frame)
        self.write(f"[{node.arg.value!r}]")

    def visit_Call(  # noqa: N802
        self, node: nodes.Call, frame: Frame, forward_caller: bool = False
    ) -> None:
        """A call as Python itself makes it; names that lead to harm are refused before."""
        is_spread = node.dyn_args is not None or node.dyn_kwargs is not None
        # A macro is told whether to escape only where that is not as everywhere.
        as_everywhere = frame.eval_ctx.autoescape and not frame.eval_ctx.volatile
        if forward_caller or is_spread or not as_everywhere or any(map(_is_keyword, node.kwargs)):
            super().visit_Call(node, frame, forward_caller)
            return
        self._visit_owner(node.node, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")

    def _visit_owner(self, node: nodes.Node, frame: Frame) -> None:
        if isinstance(node, nodes.Name):
            # Also what stands for a missing name makes this code fail.
            self.write(frame.symbols.ref(node.name))
            return
        # A dot behind a number would be part of it.
        self.write("(")
        self.visit(node, frame)
        self.write(")")

    def visit_Test(self, node: nodes.Test, frame: Frame) -> None:  # noqa: N802
        """`is defined` asks for what may be missing."""
        if node.name in _ASK_FOR_MISSING:
            self._asked = node.node
        super().visit_Test(node, frame)

    def visit_Filter(self, node: nodes.Filter, frame: Frame) -> None:  # noqa: N802
        """So does `default`."""
        if node.name in _ASK_FOR_MISSING:
            self._asked = node.node
        super().visit_Filter(node, frame)


# Tests and filters.
_ASK_FOR_MISSING = frozenset(("defined", "undefined", "default", "d"))
# Names that the sandbox refuses or changes for values of some type: what leads to the inside of
# Python, what changes a value, and methods that read their text as code.
_GUARDED = frozenset({"mro", "format", "format_map"}).union(
    sandbox.UNSAFE_FUNCTION_ATTRIBUTES,
    sandbox.UNSAFE_METHOD_ATTRIBUTES,
    sandbox.UNSAFE_GENERATOR_ATTRIBUTES,
    sandbox.UNSAFE_COROUTINE_ATTRIBUTES,
    sandbox.UNSAFE_ASYNC_GENERATOR_ATTRIBUTES,
    *(
        [name for name in dir(kind) if sandbox.modifies_known_mutable(kind(), name)]
        for kind in (dict, list, set, deque)
    ),
)


def is_harmless(name: object) -> bool:
    """Whether this is a name that the sandbox has nothing against, whatever it is asked of."""
    return type(name) is str and name not in _GUARDED and name[:1] != "_"


def _is_plain(name: str) -> bool:
    return is_harmless(name) and name.isidentifier() and not iskeyword(name)


def _is_keyword(argument: nodes.Keyword) -> bool:
    return iskeyword(argument.key)
