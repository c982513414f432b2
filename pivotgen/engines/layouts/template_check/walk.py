"""Walk: the statements in the layouts of one page, in the order in which Jinja renders them.

Names are followed as far as they are passed plainly: through loops, `set`, `with`, macros, blocks,
includes, imports and extends.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from difflib import get_close_matches
from functools import partial

from jinja2 import nodes

from pivotgen.engines.layouts.template_check.attributes import has_hint, item_of, value_of
from pivotgen.engines.layouts.template_check.blocks import check_blocks
from pivotgen.engines.layouts.template_check.expressions import Expressions
from pivotgen.engines.layouts.template_check.findings import Findings
from pivotgen.engines.layouts.template_check.layout_file import (
    asked_about,
    constant_name,
    imported_names,
)
from pivotgen.engines.layouts.template_check.layout_set import GIVEN, LayoutSet, PageLayout
from pivotgen.engines.layouts.template_check.macros import Arguments, bind_arguments, defaults_used
from pivotgen.engines.layouts.template_check.scope import (
    UNKNOWN,
    BlockLevel,
    Loop,
    Macro,
    Module,
    Place,
    Rendering,
    Scope,
    Unknown,
)
from pivotgen.model.view import Chrome

# Macros and blocks that lead to each other are followed no deeper.
_DEPTH = 16


class Walk:
    """The walk through the layouts of one page."""

    def __init__(self, layouts: LayoutSet, page: PageLayout, findings: Findings) -> None:
        self._layouts = layouts
        self._page = page
        self._findings = findings
        self._expressions = Expressions(layouts, page, findings, self)
        # Layouts, and the macros and blocks in them, that the walk is inside of.
        self._inside: list[str] = []
        self._running: list[int] = []
        # The name of every layout that the page is made of.
        self.seen: set[str] = set()

    def walk_page(self) -> None:
        """Walk the layout of the page, and all that it leads to."""
        given = zip(GIVEN, (self._page.view, Chrome, str), strict=True)
        scope = Scope({name: value_of(kind) for name, kind in given})
        self._render(self._page.layout, scope, frozenset())

    def walk_macro(self, macro: Macro, arguments: Arguments, asked: frozenset[str]) -> None:
        """Walk the body of a macro. `asked` is what the place of the call has asked about."""
        scope = bind_arguments(macro, arguments)
        place = macro.place.within(scope).asking(asked)
        for name, default in defaults_used(macro, arguments):
            scope.bind_name(name, self._expressions.value(default, place))
        self._run(macro.node, place)

    def walk_parent_block(self, block: BlockLevel, place: Place, line: int) -> None:
        """Walk what `super()` shows in this place and line."""
        if block.level < len(block.rendering.blocks[block.name]):
            self._show(block, place)
        elif not self._layouts.files[block.rendering.files[-1]].extends:
            message = f"no layout above has a block `{block.name}`"
            self._findings.add((place.file, line), "super", message, "leave `super()` out")

    def _render(self, name: str, scope: Scope, asked: frozenset[str]) -> None:
        """Walk a layout that is rendered by itself, not as one that another extends."""
        # A layout that includes itself may stop doing so by a condition.
        if name not in self._inside:
            self._walk_file(Place(name, scope, Rendering(scope), asked))

    def _walk_file(self, place: Place) -> None:
        """Walk the top level of a layout, and then the layouts that it extends."""
        file = self._layouts.files[place.file]
        self.seen.add(file.name)
        self._inside.append(file.name)
        place = replace(place, rendering=place.rendering.with_file(file))
        if any(constant_name(node) not in self._layouts.files for node in file.extends):
            place.scope.open()
        self._walk_all(file.ast.body, place)
        for node in file.extends:
            self._extend(node, place, alone=len(file.extends) == 1)
        if not file.extends:
            files = [self._layouts.files[name] for name in place.rendering.files]
            check_blocks(files, self._findings)
        self._inside.pop()

    def _extend(self, node: nodes.Extends, place: Place, *, alone: bool) -> None:
        name, rendering = constant_name(node), place.rendering
        if name is None:
            self._expressions.value(node.template, place)
        elif name in rendering.files:
            way = " → ".join([*rendering.files[rendering.files.index(name) :], name])
            message, hint = f"this layout extends itself: {way}", "let one of them extend no other"
            self._findings.add((place.file, node.lineno), name, message, hint)
        elif self._is_there(name, node, place):
            # All layouts of a rendering share their names, but not those of another branch.
            scope = place.scope if alone else place.scope.inner()
            rendering = replace(rendering, scope=scope)
            self._walk_file(replace(place, file=name, scope=scope, rendering=rendering))

    def _walk_all(self, statements: Iterable[nodes.Node], place: Place) -> None:
        for node in statements:
            self._walk(node, place)

    def _walk(self, node: nodes.Node, place: Place) -> None:
        match node:
            # Most of a layout is this, and plain text needs no look.
            case nodes.Output():
                for child in node.nodes:
                    if not isinstance(child, nodes.TemplateData):
                        self._expressions.value(child, place)
            case nodes.For():
                self._for(node, place)
            case nodes.If():
                self._if(node, place)
            case nodes.Assign():
                self._assign(node, place)
            case nodes.AssignBlock():
                self._walk_all(node.iter_child_nodes(exclude=("target",)), self._inner(place))
                place.scope.bind(node.target, UNKNOWN)
            case nodes.With():
                self._with(node, place)
            case nodes.Macro():
                place.scope.bind_name(node.name, Macro(node, place))
            case nodes.CallBlock():
                caller = Macro(node, place)
                self._expressions.call(node.call, place, caller)
                # Also when nothing is known of the macro that is called.
                self.walk_macro(caller, Arguments((), {}, more=True), frozenset())
            case nodes.Block():
                self._block(node, place)
            case nodes.Include():
                self._include(node, place)
            case nodes.Import():
                place.scope.bind_name(node.target, self._module(node, place))
            case nodes.FromImport():
                self._from_import(node, place)
            case nodes.Extends():
                pass  # `_walk_file` follows it after the rest of its layout, as Jinja does.
            case nodes.Expr():
                self._expressions.value(node, place)
            case _:
                self._walk_all(node.iter_child_nodes(), self._inner(place))

    def _inner(self, place: Place) -> Place:
        return place.within(place.scope.inner())

    def _for(self, node: nodes.For, place: Place) -> None:
        # The items of a recursive loop come from its own calls as well.
        items = self._expressions.value(node.iter, place)
        item = UNKNOWN if node.recursive else item_of(items)
        inner = place.within(place.scope.inner({"loop": Loop(item)}))
        inner.scope.bind(node.target, item)
        self._expressions.value(node.test, inner)
        self._walk_all(node.body, inner)
        self._walk_all(node.else_, self._inner(place))

    def _if(self, node: nodes.If, place: Place) -> None:
        tests = [node.test, *(branch.test for branch in node.elif_)]
        bodies = [node.body, *(branch.body for branch in node.elif_), node.else_]
        for test in tests:
            self._expressions.value(test, place)
        inside = place.asking(frozenset().union(*map(asked_about, tests)))
        place.scope.walk_branches(partial(self._walk_all, body, inside) for body in bodies)

    def _assign(self, node: nodes.Assign, place: Place) -> None:
        target, value = node.target, node.node
        if not isinstance(target, nodes.Tuple) or not isinstance(value, nodes.Tuple):
            place.scope.bind(target, self._expressions.value(value, place))
            return
        values = [self._expressions.value(item, place) for item in value.items]
        for name, item in zip(target.items, values, strict=False):
            place.scope.bind(name, item)

    def _with(self, node: nodes.With, place: Place) -> None:
        inner = self._inner(place)
        for target, value in zip(node.targets, node.values, strict=True):
            inner.scope.bind(target, self._expressions.value(value, place))
        self._walk_all(node.body, inner)

    def _block(self, node: nodes.Block, place: Place) -> None:
        parent = self._layouts.files[place.file].parent
        # The layout above shows it, in the place of its own block.
        if place.at_top and parent in self._layouts.files:
            return
        if node.required and len(place.rendering.blocks[node.name]) == 1:
            message = f"no layout below has the block `{node.name}`, which is required here"
            hint = f"write it in `{place.rendering.files[0]}`"
            self._findings.add((place.file, node.lineno), node.name, message, hint)
        scope = place.scope if node.scoped else place.rendering.scope
        self._show(BlockLevel(place.rendering, node.name, 0), place.within(scope))

    def _show(self, block: BlockLevel, place: Place) -> None:
        """Walk a block as the layout at this level writes it."""
        rendering = block.rendering
        file, node = rendering.blocks[block.name][block.level]
        scope = place.scope.inner({"super": replace(block, level=block.level + 1)})
        self._run(node, Place(file, scope, rendering, place.asked))

    def _run(self, node: nodes.Macro | nodes.CallBlock | nodes.Block, place: Place) -> None:
        # Nodes of the same text are equal.
        if id(node) not in self._running and len(self._running) < _DEPTH:
            self._running.append(id(node))
            self._walk_all(node.body, place)
            self._running.pop()

    def _include(self, node: nodes.Include, place: Place) -> None:
        name = constant_name(node)
        if name is None:
            self._expressions.value(node.template, place)
        elif node.ignore_missing and name not in self._layouts.files:
            pass
        elif self._is_there(name, node, place):
            self._render(name, self._handed_on(node, place), place.asked)

    def _module(self, node: nodes.Import | nodes.FromImport, place: Place) -> Module | Unknown:
        """What a layout hands to those that import it."""
        name = constant_name(node)
        if name is None:
            self._expressions.value(node.template, place)
            return UNKNOWN
        if not self._is_there(name, node, place) or name in self._inside:
            return UNKNOWN
        scope = self._handed_on(node, place)
        self._render(name, scope, place.asked)
        return UNKNOWN if self._layouts.files[name].extends else Module(name, scope)

    def _from_import(self, node: nodes.FromImport, place: Place) -> None:
        module = self._module(node, place)
        for name, new in imported_names(node):
            place.scope.bind_name(new, UNKNOWN)
            if not isinstance(module, Module):
                continue
            if name in module.names:
                place.scope.bind_name(new, module.names[name])
            elif new not in self._layouts.files[place.file].asked:
                hint = has_hint(f"`{module.file}`", list(module.names), name)
                message = f"there is no `{name}` in `{module.file}`"
                self._findings.add((place.file, node.lineno), name, message, hint)

    def _handed_on(
        self, node: nodes.Include | nodes.Import | nodes.FromImport, place: Place
    ) -> Scope:
        """The names that a layout sees of the one that includes or imports it."""
        return place.scope.inner() if node.with_context else Scope({})

    def _is_there(self, name: str, node: nodes.Node, place: Place) -> bool:
        """Whether there is a layout of this name; if not, that is a finding."""
        if name in self._layouts.files:
            return True
        near = get_close_matches(name, sorted(self._layouts.files), 1)
        hint = f"did you mean `{near[0]}`?" if near else "write it, or name another"
        message = f"there is no layout `{name}`"
        self._findings.add((place.file, node.lineno), name, message, hint)
        return False
