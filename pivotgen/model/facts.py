"""Facts: the fields of parsed content that the graph depends on.

Every field of a dataclass is a fact, unless it is declared with `not_a_fact`. So a new field counts
by itself, and no list has to be kept.
"""

from __future__ import annotations

from dataclasses import field, fields, is_dataclass
from functools import cache
from typing import Any

from pivotgen.model.header import Written


def not_a_fact() -> Any:
    """Declare a field that the graph does not depend on, such as a line number."""
    return field(metadata={"fact": False})


def facts_of(value: object) -> object:
    """The facts in a value, without the places where they are written."""
    if isinstance(value, Written):
        return value.text
    if isinstance(value, tuple):
        return [facts_of(item) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        return [facts_of(getattr(value, name)) for name in _names(type(value))]
    return value


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(part.name for part in fields(kind) if part.metadata.get("fact", True))
