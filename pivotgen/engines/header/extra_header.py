"""Extra header: the declaration of frontmatter with the keys that a site has declared.

They become dataclasses like those of `model/header.py`, so that reading, the JSON Schema and
editors treat them as they treat all other keys.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, field, make_dataclass
from datetime import date
from functools import cache
from typing import Any, TypeVar, cast

from pivotgen.engines.header.declarations import declarations
from pivotgen.model.extra import DeclaredKeys, ExtraKey
from pivotgen.model.header import Key, Written
from pivotgen.model.own_keys import OwnKeys, OwnValue, empty_value

H = TypeVar("H")

# For each kind of key, the type of its value and an example.
_KINDS: Mapping[str, tuple[Any, str]] = {
    "text": (Written, ""),
    "whole number": (int, "12"),
    "number": (float, "12.5"),
    "yes or no": (bool, "true"),
    "day": (date, "2026-11-23"),
    "list": (tuple[Written, ...], ""),
    "choice": (Written, ""),
}


def header_with(header: type[H], declared: DeclaredKeys) -> type[H]:
    """The declaration `header` with these keys under `extra`; where any is allowed, itself."""
    whole: Any = header
    return header if declared is None else cast(type[H], _header_with(whole, declared))


@cache
def _header_with(header: Any, declared: tuple[ExtraKey, ...]) -> Any:
    keys = [(key.name, _value_type(key), _field(key)) for key in declared]
    settings: dict[str, Any] = {"frozen": True, "slots": True, "kw_only": True}
    extra = make_dataclass("Extra", keys, **settings)
    extra.__doc__ = "The keys that Config(extra=…) declares."
    own = declarations(header)["extra"].key
    is_required = any(key.required for key in declared)
    example = f"{{{', '.join(_example(key) for key in declared if key.required)}}}"
    key = Key(own.description, example if is_required else "")
    default = MISSING if is_required else None
    extra_field: Any = field(default=default, metadata={"key": key})
    value_type = extra if is_required else extra | None
    whole = make_dataclass(
        header.__name__, [("extra", value_type, extra_field)], bases=(header,), **settings
    )
    whole.__doc__ = header.__doc__
    return whole


def own_keys(value: Any, declared: DeclaredKeys) -> OwnKeys:
    """The values under `extra` of a header that was read; a declared key that it lacks is empty."""
    if declared is None:
        assert isinstance(value, OwnKeys)
        return value
    return OwnKeys({key.name: _plain(getattr(value, key.name, None), key) for key in declared})


def _value_type(key: ExtraKey) -> Any:
    value_type = _KINDS[key.kind][0]
    return value_type if key.required else value_type | None


def _field(key: ExtraKey) -> Any:
    example = key.choices[0] if key.choices else _KINDS[key.kind][1]
    description = key.description or "A key of the site's own."
    form = "choice" if key.choices else "text"
    metadata = {"key": Key(description, example, form=form, choices=key.choices)}
    return field(default=MISSING if key.required else None, metadata=metadata)


def _example(key: ExtraKey) -> str:
    example = key.choices[0] if key.choices else _KINDS[key.kind][1]
    return f"{key.name}: {example or '…'}"


def _plain(value: Any, key: ExtraKey) -> OwnValue:
    if value is None:
        return empty_value(key)
    if isinstance(value, Written):
        return value.text
    if isinstance(value, tuple):
        return tuple(item.text for item in value)
    plain: OwnValue = value
    return plain
