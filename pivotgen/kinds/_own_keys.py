"""Own keys: the types of views, with the keys that a site has declared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field, fields, make_dataclass
from datetime import date
from functools import cache
from typing import Any

from pivotgen.kinds._kind import PageKind
from pivotgen.model.extra import DeclaredKeys, ExtraKey, keys_on

_TYPES: Mapping[str, Any] = {
    "text": str,
    "whole number": int,
    "number": float,
    "yes or no": bool,
    "day": date,
    "list": tuple[str, ...],
    "choice": str,
}


def view_types(
    kinds: Iterable[PageKind[Any, Any, Any]], declared: DeclaredKeys
) -> dict[str, type[Any]]:
    """The type of view that the layout of each kind sees, by the name of the layout.

    A view whose file may have keys of the site's own has the declared ones in `extra`, each with
    its type. Where none are declared, nothing is known of them.
    """
    types = {}
    for kind in kinds:
        view: Any = kind.view
        types[kind.layout] = _view_type(view, keys_on(declared, kind.name))
    return types


@cache
def _view_type(view: Any, declared: DeclaredKeys) -> Any:
    if declared is None or "extra" not in {part.name for part in fields(view)}:
        return view
    extra = make_dataclass("Extra", [(key.name, _type(key)) for key in declared])
    return make_dataclass(
        view.__name__, [("extra", extra, field())], bases=(view,), frozen=True, init=False
    )


def _type(key: ExtraKey) -> Any:
    return _TYPES[key.kind]
