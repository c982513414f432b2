"""Layout file: what the text of one layout tells without following it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from jinja2 import Environment, meta, nodes

# Tests that ask whether a value is there, and filters that put another value in its place.
ASKING_TESTS = ("defined", "undefined")
ASKING_FILTERS = ("default", "d")
# Tests that ask what kind of value it is. A layout that asks this handles several kinds.
_NUMBER_TESTS = ("boolean", "float", "integer", "number")
_TYPE_TESTS = (*_NUMBER_TESTS, "callable", "iterable", "mapping", "sequence", "string")


@dataclass(frozen=True, slots=True)
class LayoutFile:
    """One layout, and what is known of it."""

    # Its name, such as "pivot.html".
    name: str
    lines: list[str]
    ast: nodes.Template
    # Names that it gives a value anywhere, and names that it expects from outside.
    assigned: frozenset[str]
    expected: frozenset[str]
    # Expressions that it asks about with `is defined` or `|default`, as they are written.
    asked: frozenset[str]
    # Expressions whose type it asks for, such as `x is string`, as they are written.
    type_tested: frozenset[str]
    # All its blocks, and those that stand inside no other block.
    blocks: tuple[nodes.Block, ...]
    outer_blocks: tuple[nodes.Block, ...]
    # What it extends. More than one stand in the branches of an `if`.
    extends: tuple[nodes.Extends, ...]

    @property
    def parent(self) -> str | None:
        """The layout that it always extends; None for one that extends none, or only if it may."""
        always = [node for node in self.extends if any(node is other for other in self.ast.body)]
        return constant_name(always[0]) if always else None


def layout_file(name: str, text: str, ast: nodes.Template, environment: Environment) -> LayoutFile:
    """What is known of the layout with this name, text and syntax tree."""
    # Jinja looks for these names by compiling, which changes the tree.
    expected = meta.find_undeclared_variables(environment.parse(text))
    blocks = tuple(ast.find_all(nodes.Block))
    nested = {id(inner) for block in blocks for inner in block.find_all(nodes.Block)}
    return LayoutFile(
        name=name,
        lines=text.splitlines(),
        ast=ast,
        assigned=frozenset(_assigned(ast)),
        expected=frozenset(expected),
        asked=asked_about(ast),
        type_tested=frozenset(_spelled_under(ast, _TYPE_TESTS)),
        blocks=blocks,
        outer_blocks=tuple(block for block in blocks if id(block) not in nested),
        extends=tuple(ast.find_all(nodes.Extends)),
    )


def constant_name(
    node: nodes.Extends | nodes.Include | nodes.Import | nodes.FromImport,
) -> str | None:
    """The name of the layout that a node refers to; None when it is only known while rendering."""
    template = node.template
    if isinstance(template, nodes.Const) and isinstance(template.value, str):
        return template.value
    return None


def asked_about(node: nodes.Node) -> frozenset[str]:
    """What stands before `is defined` or `|default` somewhere in a node, as it is written.

    With it, after a bar, the filters and tests that it asks about, such as `"upper" is filter`.
    """
    tested = _spelled_under(node, ASKING_TESTS)
    filtered = (
        spelled(filtered.node)
        for filtered in nodes.Scope([node]).find_all(nodes.Filter)
        if filtered.name in ASKING_FILTERS and filtered.node is not None
    )
    named = (
        f"|{test.node.value}"
        for test in nodes.Scope([node]).find_all(nodes.Test)
        if test.name in ("filter", "test") and isinstance(test.node, nodes.Const)
    )
    return frozenset((*tested, *filtered, *named)) - {""}


def spelled(node: nodes.Node | None) -> str:
    """An expression as it is written, such as "view.cards[0].title"; "" if it is no plain path."""
    match node:
        case nodes.Name():
            return node.name
        case nodes.Getattr():
            owner = spelled(node.node)
            return f"{owner}.{node.attr}" if owner else ""
        case nodes.Getitem(arg=nodes.Const(value=str() | int() as key)):
            owner = spelled(node.node)
            return f"{owner}[{key!r}]" if owner else ""
        case _:
            return ""


def _spelled_under(node: nodes.Node, tests: Iterable[str]) -> Iterator[str]:
    """The expressions under any of these tests, as they are written."""
    # `find_all` looks only below a node, and this one may be a test itself.
    for test in nodes.Scope([node]).find_all(nodes.Test):
        if test.name in tests:
            yield spelled(test.node)


def _assigned(ast: nodes.Template) -> Iterator[str]:
    yield from (name.name for name in ast.find_all(nodes.Name) if name.ctx != "load")
    yield from (macro.name for macro in ast.find_all(nodes.Macro))
    yield from (node.target for node in ast.find_all(nodes.Import))
    for node in ast.find_all(nodes.FromImport):
        yield from (new for _, new in imported_names(node))


def imported_names(node: nodes.FromImport) -> Iterator[tuple[str, str]]:
    """Each name that a `from … import …` takes, and the name that it gets here."""
    for name in node.names:
        yield name if isinstance(name, tuple) else (name, name)
