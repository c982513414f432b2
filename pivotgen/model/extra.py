"""Extra: the keys of a site's own in frontmatter, as its settings declare them."""

from __future__ import annotations

import keyword
import re
from collections.abc import Mapping
from datetime import date
from types import GenericAlias
from typing import Any, TypeAlias

from pivotgen.model.lazy_dataclass import dataclass

# What a declared key holds: text, a whole number, a number, yes or no, a day, a list of texts, or
# one of the texts that are listed.
ExtraType: TypeAlias = (
    type[str]
    | type[int]
    | type[float]
    | type[bool]
    | type[date]
    | type[list[str]]
    | tuple[str, ...]
)

# The kinds of files that may have keys of the site's own.
ON = ("pivot", "role", "page")
_TYPES: tuple[tuple[Any, str], ...] = (
    (str, "text"),
    (int, "whole number"),
    (float, "number"),
    (bool, "yes or no"),
    (date, "day"),
    (list[str], "list"),
)
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_HOW = 'str, int, float, bool, date, list[str] or texts to choose from, such as ("low", "high")'


@dataclass(frozen=True, slots=True)
class Extra:
    """One key of the site's own under `extra`, with more to say of it than its type."""

    type: ExtraType
    # What it holds, for writers: their editors and `pivotgen schema` show it.
    description: str = ""
    # Whether every file of the kinds below must have it.
    required: bool = False
    # Which files may have it: "pivot", "role" or "page".
    on: tuple[str, ...] = ON


@dataclass(frozen=True, slots=True)
class ExtraKey:
    """One declared key in plain values, as a message to workers and a part of digests."""

    name: str
    # One of the words of `_TYPES`, or "choice".
    kind: str
    choices: tuple[str, ...]
    description: str
    required: bool
    on: tuple[str, ...]


# The declared keys in their order; None where nothing is declared and any key may be used.
DeclaredKeys: TypeAlias = tuple[ExtraKey, ...] | None


def declared_keys(extra: Mapping[str, ExtraType | Extra] | None) -> DeclaredKeys:
    """The keys that `Config(extra=…)` declares. A ValueError says in plain words what is wrong."""
    if extra is None:
        return None
    if not isinstance(extra, Mapping):
        raise ValueError('extra must be keys with their types, such as extra={"salary": str}')
    return tuple(_key(name, declared) for name, declared in extra.items())


def keys_on(declared: DeclaredKeys, noun: str) -> DeclaredKeys:
    """The declared keys that a kind of file may have, such as a "pivot"."""
    return None if declared is None else tuple(key for key in declared if noun in key.on)


def identity(declared: DeclaredKeys) -> object:
    """What parsing and layouts depend on of the declared keys: all but their descriptions."""
    if declared is None:
        return None
    return [(key.name, key.kind, key.choices, key.required, key.on) for key in declared]


def _key(name: str, declared: ExtraType | Extra) -> ExtraKey:
    if not isinstance(name, str) or not _NAME.fullmatch(name) or keyword.iskeyword(name):
        raise ValueError(
            f"`{name}` cannot be a key of extra; use letters, digits and `_`, and begin with a "
            "letter"
        )
    whole = declared if isinstance(declared, Extra) else Extra(declared)
    if not isinstance(whole.on, tuple) or not whole.on or not set(whole.on) <= set(ON):
        raise ValueError(f"`on` of the extra key `{name}` is one or more of {', '.join(ON)}")
    kind, choices = _kind(name, whole.type)
    return ExtraKey(name, kind, choices, whole.description, whole.required, whole.on)


def _kind(name: str, declared: object) -> tuple[str, tuple[str, ...]]:
    """The kind of a key, and what there is to choose from."""
    if isinstance(declared, tuple):
        texts = [text for text in declared if isinstance(text, str) and text == text.strip() != ""]
        if len(texts) != len(declared) or len(set(texts)) != len(texts) or not texts:
            raise ValueError(f"the extra key `{name}` needs different texts to choose from")
        return "choice", tuple(texts)
    if isinstance(declared, type | GenericAlias):
        for known, kind in _TYPES:
            if declared == known:
                return kind, ()
    raise ValueError(f"the type of the extra key `{name}` is {_HOW}")
