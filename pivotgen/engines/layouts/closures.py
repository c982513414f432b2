"""Closures: which layouts and assets each layout is made of, read from its syntax tree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from jinja2 import nodes

from pivotgen.engines.layouts.syntax_tree import nodes_of, references
from pivotgen.model.closure import Closure

# What layouts extend, include or import by themselves; None for a name that is not written out.
References: TypeAlias = Mapping[str, Sequence[str | None]]


def closures(asts: Mapping[str, nodes.Template]) -> dict[str, Closure]:
    """What each of these layouts is made of."""
    assets = {name: _assets(ast) for name, ast in asts.items()}
    referred = all_references(asts)
    return {name: _closure(name, referred, assets) for name in asts}


def all_references(asts: Mapping[str, nodes.Template]) -> References:
    """What each of these layouts extends, includes or imports by itself."""
    return {name: references(ast) for name, ast in asts.items()}


def reachable(name: str, referred: References) -> set[str]:
    """A layout, and every name of a layout that it extends, includes or imports at any depth.

    A name that is only known while a page is rendered may be that of any layout. A layout that is
    not in `referred` leads no further.
    """
    reached: set[str] = set()
    waiting = [name]
    while waiting:
        current = waiting.pop()
        if current not in reached:
            reached.add(current)
            for other in referred.get(current, ()):
                waiting += referred if other is None else [other]
    return reached


def _closure(name: str, referred: References, assets: Mapping[str, set[str] | None]) -> Closure:
    layouts = sorted(reachable(name, referred) & referred.keys())
    named: set[str] = set()
    for layout in layouts:
        own = assets[layout]
        if own is None:
            return Closure(tuple(layouts), None)
        named |= own
    return Closure(tuple(layouts), tuple(sorted(named)))


def _assets(ast: nodes.Template) -> set[str] | None:
    """The assets that a layout asks for by name; None when it may ask for any."""
    named: set[str] = set()
    tree = nodes_of(ast)
    # The parts of `site.assets["style.css"]` and the like, which say all that they ask for.
    plain: set[int] = set()
    for item in tree:
        match item:
            case nodes.Getitem(arg=nodes.Const(value=asset)) if _is_assets(item.node):
                named.add(str(asset))
                plain.add(id(item.node))
    # Whatever gets the whole of `site` or of its assets, such as a filter, can ask for any asset.
    owners = {id(owner) for owner in _owners(tree)}
    for node in tree:
        if _is_assets(node) and id(node) not in plain:
            return None
        if isinstance(node, nodes.Name) and node.name == "site" and id(node) not in owners:
            return None
    return named


def _is_assets(node: nodes.Node) -> bool:
    """Whether this is `….assets` or `…["assets"]`."""
    match node:
        case nodes.Getattr(attr="assets") | nodes.Getitem(arg=nodes.Const(value="assets")):
            return True
        case _:
            return False


def _owners(tree: Iterable[nodes.Node]) -> Iterator[nodes.Node]:
    """The values that a layout takes a part of whose name is written out."""
    for node in tree:
        match node:
            case nodes.Getattr() | nodes.Getitem(arg=nodes.Const()):
                yield node.node
