"""Expressions: what an expression of a layout is, as far as that is known without rendering."""

from __future__ import annotations

from typing import Protocol

from jinja2 import nodes

from pivotgen.engines.layouts.template_check.attribute_filters import check_attribute_filter
from pivotgen.engines.layouts.template_check.attributes import (
    attribute,
    item_of,
    key_of,
    missing_attribute_hint,
)
from pivotgen.engines.layouts.template_check.findings import Findings, did_you_mean
from pivotgen.engines.layouts.template_check.layout_file import (
    ASKING_FILTERS,
    ASKING_TESTS,
    asked_about,
    spelled,
)
from pivotgen.engines.layouts.template_check.layout_set import GIVEN, LayoutSet, PageLayout
from pivotgen.engines.layouts.template_check.macros import Arguments, check_arguments
from pivotgen.engines.layouts.template_check.phrase_calls import PhraseCalls
from pivotgen.engines.layouts.template_check.scope import (
    UNKNOWN,
    BlockLevel,
    Known,
    Macro,
    Place,
    Value,
    common,
)
from pivotgen.engines.layouts.template_check.unknown_names import unknown_name_hint
from pivotgen.engines.layouts.template_errors import unknown_filter_hint
from pivotgen.model.phrases import Phrases


class CallWalker(Protocol):
    """Walks the statements that a call leads to."""

    def walk_macro(self, macro: Macro, arguments: Arguments, asked: frozenset[str]) -> None:
        """Walk the body of a macro. `asked` is what the place of the call has asked about."""
        ...

    def walk_parent_block(self, block: BlockLevel, place: Place, line: int) -> None:
        """Walk what `super()` shows in this place and line."""
        ...


class Expressions:
    """The expressions in the layouts of one page."""

    def __init__(
        self, layouts: LayoutSet, page: PageLayout, findings: Findings, calls: CallWalker
    ) -> None:
        self._layouts = layouts
        self._page = page
        self._findings = findings
        self._calls = calls
        self._phrase_calls = PhraseCalls(layouts.phrases, findings)

    def value(self, node: nodes.Node | None, place: Place) -> Value:
        """What is known of an expression. Whatever is wrong inside it becomes a finding."""
        value = self._value(node, place)
        # A layout that asks for the type of a value may get several.
        type_tested = self._layouts.files[place.file].type_tested
        return UNKNOWN if type_tested and spelled(node) in type_tested else value

    def call(self, node: nodes.Call, place: Place, caller: Macro | None = None) -> None:
        """Look at a call; `caller` is the body of the `call` block that it stands in, if any."""
        callee = self._callee(node, place)
        positional = [self.value(argument, place) for argument in node.args]
        named = {keyword.key: self.value(keyword.value, place) for keyword in node.kwargs}
        if caller:
            named["caller"] = caller
        for more in (node.dyn_args, node.dyn_kwargs):
            self.value(more, place)
        arguments = Arguments(positional, named, bool(node.dyn_args or node.dyn_kwargs))
        called = spelled(node.node)
        if called == "once" and called not in place.scope and positional:
            callee, arguments = positional[0], arguments.without_first()
            called = spelled(node.args[0])
        if isinstance(callee, Macro):
            at = place.file, node.lineno
            check_arguments(callee, arguments, at, called or "this macro", self._findings)
            self._calls.walk_macro(callee, arguments, place.asked)
        elif isinstance(callee, BlockLevel):
            self._calls.walk_parent_block(callee, place, node.lineno)

    def _value(self, node: nodes.Node | None, place: Place) -> Value:
        match node:
            case nodes.Name():
                return self._name(node, place)
            case nodes.Getattr():
                return self._attribute(node, self.value(node.node, place), place)
            case nodes.Getitem():
                return self._item(node, self.value(node.node, place), place)
            case nodes.Call():
                self.call(node, place)
            case nodes.Filter():
                self._filter(node, place)
            case nodes.Test():
                self._test(node, place)
            case nodes.And() | nodes.Or():
                return common([self.value(node.left, place), self.value(node.right, place)])
            case nodes.CondExpr():
                return self._choice(node, place)
            case nodes.Node():
                for child in node.iter_child_nodes():
                    self.value(child, place)
        return UNKNOWN

    def _name(self, node: nodes.Name, place: Place) -> Value:
        name, scope = node.name, place.scope
        known = name in scope or name in self._layouts.functions or name == "self"
        if not known and not scope.is_open and not self._is_asked(name, place):
            hint = f"hand `{name}` over as an argument, or bring this layout in `with context`"
            if name not in GIVEN:
                hint = unknown_name_hint(name, {*scope.names, *self._layouts.functions})
            self._findings.add((place.file, node.lineno), name, f"there is no `{name}` here", hint)
        return scope[name]

    def _attribute(self, node: nodes.Getattr, owner: Value, place: Place) -> Value:
        part = attribute(owner, node.attr)
        if part is None:
            self._missing(node, owner, node.attr, place)
        return UNKNOWN if part is None else part

    def _item(self, node: nodes.Getitem, owner: Value, place: Place) -> Value:
        if not isinstance(node.arg, nodes.Const) or not isinstance(node.arg.value, str):
            self.value(node.arg, place)
            return owner if isinstance(node.arg, nodes.Slice) else item_of(owner)
        key = node.arg.value
        if owner == Known(Phrases):
            self._phrase_calls.check_key((place.file, node.lineno), key)
            return Known(str)
        part = key_of(owner, key)
        if part is None:
            self._missing(node, owner, key, place)
        return UNKNOWN if part is None else part

    def _missing(
        self, node: nodes.Getattr | nodes.Getitem, value: Value, name: str, place: Place
    ) -> None:
        """Add a problem for an attribute that is not there, unless the layout asks for it first."""
        path, owner = spelled(node), spelled(node.node)
        if self._is_asked(path, place):
            return
        at = place.file, node.lineno
        # A path with brackets is longer than it is clear.
        shown = path if path and "[" not in path else name
        is_view = owner == "view" and value == Known(self._page.view)
        of = f" of {self._page.layout}" if is_view else ""
        hint = missing_attribute_hint(value, owner, name, of=of)
        self._findings.add(at, name, f"`{shown}` does not exist", hint, path=path)

    def _is_asked(self, path: str, place: Place) -> bool:
        return path in place.asked or path in self._layouts.files[place.file].asked

    def _callee(self, node: nodes.Call, place: Place) -> Value:
        """What is called; a phrase that is asked for by its name is checked on the way."""
        called = node.node
        if not isinstance(called, nodes.Getattr):
            return self.value(called, place)
        owner = self.value(called.node, place)
        if owner == Known(Phrases) and called.attr in ("say", "count", "forms"):
            self._phrase_calls.check_call(place.file, called.attr, node)
        return self._attribute(called, owner, place)

    def _filter(self, node: nodes.Filter, place: Place) -> None:
        filters = self._layouts.filters
        items: Value = UNKNOWN
        # Inside an `if`, Jinja itself looks for a filter or a test only while rendering.
        if node.name not in filters and not self._is_asked(f"|{node.name}", place):
            hint = unknown_filter_hint(node.name, filters)
            message = f"no filter named `{node.name}`"
            self._findings.add((place.file, node.lineno), node.name, message, hint)
        if node.name in ASKING_FILTERS:
            self._optional(node.node, place)
        else:
            items = self.value(node.node, place)
        for child in (*node.args, *node.kwargs, node.dyn_args, node.dyn_kwargs):
            self.value(child, place)
        check_attribute_filter(node, items, filters, place.file, self._findings)

    def _test(self, node: nodes.Test, place: Place) -> None:
        tests = self._layouts.tests
        if node.name not in tests and not self._is_asked(f"|{node.name}", place):
            hint = did_you_mean(node.name, tests).strip() or "Jinja has no such test"
            message = f"no test named `{node.name}`"
            self._findings.add((place.file, node.lineno), node.name, message, hint)
        if node.name in ASKING_TESTS:
            self._optional(node.node, place)
        else:
            self.value(node.node, place)
        for child in (*node.args, *node.kwargs, node.dyn_args, node.dyn_kwargs):
            self.value(child, place)

    def _optional(self, node: nodes.Node | None, place: Place) -> None:
        """Look at an expression that may be missing. What it is a part of must be there."""
        match node:
            case nodes.Name():
                pass
            case nodes.Getattr():
                self.value(node.node, place)
            case nodes.Getitem():
                self.value(node.node, place)
                self.value(node.arg, place)
            case _:
                self.value(node, place)

    def _choice(self, node: nodes.CondExpr, place: Place) -> Value:
        self.value(node.test, place)
        inside = place.asking(asked_about(node.test))
        first = self.value(node.expr1, inside)
        return common([first, self.value(node.expr2, inside)]) if node.expr2 else first
