"""Facts: the fields of parsed content that the graph depends on.

Every field of a dataclass is a fact, unless it is declared with `not_a_fact`. So a new field counts
by itself, and nobody has to keep a list.
"""

from __future__ import annotations

from dataclasses import field, fields, is_dataclass
from functools import cache
from typing import Any, get_args, get_type_hints

from pivotgen.model.header import Written


def not_a_fact() -> Any:
    """Declare a field that the graph does not depend on, such as a line number."""
    return field(metadata={"fact": False})


def facts_of(value: Any) -> object:
    """The facts of a dataclass, without the places where they are written."""
    kind: Any = type(value)
    return [
        _without_places(getattr(value, name)) if has_places else getattr(value, name)
        for name, has_places in _facts(kind)
    ]


def _without_places(value: Any) -> object:
    kind = type(value)
    if kind is Written:
        return value.text
    if kind is tuple:
        return [item.text if type(item) is Written else _without_places(item) for item in value]
    return facts_of(value) if is_dataclass(value) else value


@cache
def _facts(kind: Any) -> tuple[tuple[str, bool], ...]:
    """The names of the facts of a dataclass, and whether places may be inside them."""
    hints = get_type_hints(kind)
    return tuple(
        (part.name, _may_hold_places(hints[part.name]))
        for part in fields(kind)
        if part.metadata.get("fact", True)
    )


def _may_hold_places(hint: Any) -> bool:
    return hint is Written or is_dataclass(hint) or any(map(_may_hold_places, get_args(hint)))
