"""Layout file: what the text of one layout tells without following it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from jinja2 import nodes

from pivotgen.engines.layouts.syntax_tree import nodes_of
from pivotgen.model.lazy_dataclass import dataclass

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
    # Every place where it reads a name.
    reads: tuple[nodes.Name, ...]
    # Blocks that it shows in a second place, such as `self.title()`.
    shown_of_self: frozenset[str]
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


def layout_file(name: str, text: str, ast: nodes.Template, expected: Iterable[str]) -> LayoutFile:
    """What is known of the layout with this name, text and syntax tree.

    `expected` are the names that it expects from outside.
    """
    tree = nodes_of(ast)
    blocks = tuple(node for node in tree if isinstance(node, nodes.Block))
    nested = {id(inner) for block in blocks for inner in nodes_of(*block.body)}
    return LayoutFile(
        name=name,
        lines=text.splitlines(),
        ast=ast,
        assigned=frozenset(_assigned(tree)),
        expected=frozenset(expected),
        asked=_asked(tree),
        type_tested=frozenset(_spelled_under(tree, _TYPE_TESTS)),
        reads=tuple(node for node in tree if isinstance(node, nodes.Name) and node.ctx == "load"),
        shown_of_self=frozenset(_shown_of_self(tree)),
        blocks=blocks,
        outer_blocks=tuple(block for block in blocks if id(block) not in nested),
        extends=tuple(node for node in tree if isinstance(node, nodes.Extends)),
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
    return _asked(nodes_of(node))


def _asked(tree: Iterable[nodes.Node]) -> frozenset[str]:
    asked = set(_spelled_under(tree, ASKING_TESTS))
    for node in tree:
        match node:
            case nodes.Filter() if node.name in ASKING_FILTERS:
                asked.add(spelled(node.node))
            case nodes.Test(name="filter" | "test", node=nodes.Const(value=name)):
                asked.add(f"|{name}")
    return frozenset(asked - {""})


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


def _spelled_under(tree: Iterable[nodes.Node], tests: Collection[str]) -> Iterator[str]:
    """The expressions under any of these tests, as they are written."""
    for node in tree:
        if isinstance(node, nodes.Test) and node.name in tests:
            yield spelled(node.node)


def _assigned(tree: Iterable[nodes.Node]) -> Iterator[str]:
    for node in tree:
        match node:
            case nodes.Name() if node.ctx != "load":
                yield node.name
            case nodes.Macro():
                yield node.name
            case nodes.Import():
                yield node.target
            case nodes.FromImport():
                yield from (new for _, new in imported_names(node))


def _shown_of_self(tree: Iterable[nodes.Node]) -> Iterator[str]:
    for node in tree:
        match node:
            case nodes.Getattr(node=nodes.Name(name="self")):
                yield node.attr


def imported_names(node: nodes.FromImport) -> Iterator[tuple[str, str]]:
    """Each name that a `from … import …` takes, and the name that it gets here."""
    for name in node.names:
        yield name if isinstance(name, tuple) else (name, name)
