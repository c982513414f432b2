"""Attribute filters: filters of Jinja that take the name of an attribute of each item."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jinja2 import nodes
from jinja2.filters import FILTERS

from pivotgen.engines.layouts.template_check.attributes import (
    item_of,
    key_of,
    missing_attribute_hint,
)
from pivotgen.engines.layouts.template_check.findings import Findings
from pivotgen.engines.layouts.template_check.layout_file import ASKING_TESTS, spelled
from pivotgen.engines.layouts.template_check.scope import Many, Value

# The position of the attribute among the arguments; None where it is only given by its name.
_POSITIONS: Mapping[str, int | None] = {
    "groupby": 0,
    "join": 1,
    "map": None,
    "max": 1,
    "min": 1,
    "rejectattr": 0,
    "selectattr": 0,
    "sort": 2,
    "sum": 0,
    "unique": 1,
}


def check_attribute_filter(
    node: nodes.Filter, items: Value, filters: Mapping[str, Any], file: str, findings: Findings
) -> None:
    """Add a problem when a filter names an attribute that no item of `items` has.

    `filters` are those that layouts can use: one of the site's own may have the name of Jinja's.
    """
    if not isinstance(items, Many) or filters.get(node.name) is not FILTERS.get(node.name):
        return
    for path in _paths(node):
        owner, value = f"{spelled(node.node)}[…]" if spelled(node.node) else "", items.item
        for name in path.split("."):
            part = item_of(value) if name.isdecimal() else key_of(value, name)
            if part is None:
                hint = missing_attribute_hint(value, owner, name)
                message = f"`{name}` does not exist"
                findings.add((file, node.lineno), name, message, hint, path=path)
                break
            owner, value = name, part


def _paths(node: nodes.Filter) -> list[str]:
    """The attributes that a filter names, such as "origin.text".

    It may be missing where the filter has a default for it or asks whether it is there; then the
    list is empty.
    """
    if node.name not in _POSITIONS or node.dyn_args or node.dyn_kwargs:
        return []
    named = {str(keyword.key): keyword.value for keyword in node.kwargs}
    position = _POSITIONS[node.name]
    argument = named.get("attribute")
    if argument is None and position is not None and position < len(node.args):
        argument = node.args[position]
    if not isinstance(argument, nodes.Const) or not isinstance(argument.value, str):
        return []
    if "default" in named or (node.name == "groupby" and len(node.args) > 1):
        return []
    if node.name in ("selectattr", "rejectattr") and len(node.args) > 1:
        test = node.args[1]
        if isinstance(test, nodes.Const) and test.value in ASKING_TESTS:
            return []
    return argument.value.split(",") if node.name == "sort" else [argument.value]
