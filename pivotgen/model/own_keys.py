"""Own keys: the values of a site's own keys in one file, stored and as layouts see them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TypeAlias

from pivotgen.model.extra import DeclaredKeys, ExtraKey
from pivotgen.model.lazy_dataclass import dataclass

# None is a number or a day that a file lacks.
OwnValue: TypeAlias = "str | int | float | bool | date | tuple[OwnValue, ...] | OwnKeys | None"


class OwnKeys:
    """Values by name: `keys.salary` or `keys["salary"]`; going through it gives the names.

    It has no methods, so that every name can be a key.
    """

    __slots__ = ("__values",)

    def __init__(self, values: Mapping[str, OwnValue]) -> None:
        self.__values = dict(values)

    def __getattr__(self, name: str) -> OwnValue:
        try:
            return self.__values[name]
        except KeyError:
            raise AttributeError(f"there is no `{name}` in `extra`") from None

    def __getitem__(self, name: str) -> OwnValue:
        return self.__values[name]

    def __contains__(self, name: object) -> bool:
        return name in self.__values

    def __iter__(self) -> Iterator[str]:
        return iter(self.__values)

    def __len__(self) -> int:
        return len(self.__values)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, OwnKeys) and self.__values == other.__values

    def __hash__(self) -> int:
        return hash(tuple(self.__values.items()))

    def __repr__(self) -> str:
        return f"OwnKeys({self.__values!r})"

    def __reduce__(self) -> tuple[type[OwnKeys], tuple[dict[str, OwnValue]]]:
        return OwnKeys, (self.__values,)


NO_KEYS = OwnKeys({})
# What a declared key of each kind is in a file that lacks it; None for the kinds that are not here.
_EMPTY: Mapping[str, OwnValue] = {"text": "", "choice": "", "list": (), "yes or no": False}


def empty_value(key: ExtraKey) -> OwnValue:
    """What a declared key is in a file that lacks it."""
    return _EMPTY.get(key.kind)


def empty_keys(declared: DeclaredKeys) -> OwnKeys:
    """The keys of a page that has no file of its own."""
    return OwnKeys({key.name: empty_value(key) for key in declared or ()})


@dataclass(frozen=True, slots=True)
class StoredValue:
    """One value as it can be packed."""

    # "text", "integer", "number", "truth", "day", "list", "keys" or "nothing".
    kind: str
    # Of a value without parts, as Python writes it.
    text: str = ""
    # Of a list, without names, or of keys.
    parts: tuple[tuple[str, StoredValue], ...] = ()


# Names and values, in the order of the file or of the settings.
StoredKeys: TypeAlias = tuple[tuple[str, StoredValue], ...]


def stored_keys(keys: OwnKeys) -> StoredKeys:
    """The keys as they can be packed."""
    return tuple((name, _stored(keys[name])) for name in keys)


def shown_keys(stored: StoredKeys) -> OwnKeys:
    """The keys as layouts see them."""
    return OwnKeys({name: _shown(value) for name, value in stored})


def _stored(value: OwnValue) -> StoredValue:
    match value:
        case None:
            return StoredValue("nothing")
        case str():
            return StoredValue("text", value)
        case bool():
            return StoredValue("truth", str(value))
        case int():
            return StoredValue("integer", str(value))
        case float():
            return StoredValue("number", repr(value))
        case date():
            return StoredValue("day", value.isoformat())
        case OwnKeys():
            return StoredValue("keys", parts=stored_keys(value))
        case _:
            return StoredValue("list", parts=tuple(("", _stored(item)) for item in value))


def _shown(stored: StoredValue) -> OwnValue:
    match stored.kind:
        case "nothing":
            return None
        case "truth":
            return stored.text == "True"
        case "integer":
            return int(stored.text)
        case "number":
            return float(stored.text)
        case "day":
            return date.fromisoformat(stored.text)
        case "keys":
            return shown_keys(stored.parts)
        case "list":
            return tuple(_shown(item) for _, item in stored.parts)
        case _:
            return stored.text
