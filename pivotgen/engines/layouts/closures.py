"""Closures: which layouts and assets each layout is made of, read from its syntax tree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jinja2 import meta, nodes

from pivotgen.model.closure import Closure


def closures(asts: Mapping[str, nodes.Template]) -> dict[str, Closure]:
    """What each of these layouts is made of."""
    assets = {name: _assets(ast) for name, ast in asts.items()}
    return {name: _closure(name, asts, assets) for name in asts}


def reachable(name: str, asts: Mapping[str, nodes.Template]) -> set[str]:
    """A layout, and every name of a layout that it extends, includes or imports at any depth.

    A name that is only known while a page is rendered may be that of any layout. A layout that is
    not among `asts` leads no further.
    """
    reached: set[str] = set()
    waiting = [name]
    while waiting:
        current = waiting.pop()
        if current not in reached:
            reached.add(current)
            if current in asts:
                for other in meta.find_referenced_templates(asts[current]):
                    waiting += asts if other is None else [other]
    return reached


def _closure(
    name: str, asts: Mapping[str, nodes.Template], assets: Mapping[str, set[str] | None]
) -> Closure:
    layouts = sorted(reachable(name, asts) & asts.keys())
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
    # The parts of `site.assets["style.css"]` and the like, which say all that they ask for.
    plain: set[int] = set()
    for item in ast.find_all(nodes.Getitem):
        if _is_assets(item.node) and isinstance(item.arg, nodes.Const):
            named.add(str(item.arg.value))
            plain.add(id(item.node))
    # Whatever gets the whole of `site` or of its assets, such as a filter, can ask for any asset.
    owners = {id(owner) for owner in _owners(ast)}
    for node in ast.find_all(nodes.Expr):
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


def _owners(ast: nodes.Template) -> Iterator[nodes.Node]:
    """The values that a layout takes a part of whose name is written out."""
    for node in ast.find_all((nodes.Getattr, nodes.Getitem)):
        match node:
            case nodes.Getattr() | nodes.Getitem(arg=nodes.Const()):
                yield node.node
