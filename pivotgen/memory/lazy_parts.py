"""Shelf: the parts of content files as a mapping that unpacks each one when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, ItemsView, Iterator, Mapping, ValuesView
from typing import TypeVar

from pivotgen.memory.inputs import Inputs

T = TypeVar("T")

# How many are fetched together by a walk over all of them.
_TOGETHER = 500


class LazyParts(Mapping[str, T]):
    """Values by key; `paths` says which content file each key stands for, and the order."""

    def __init__(
        self, inputs: Inputs, table: str, paths: Mapping[str, str], unpack: Callable[[bytes], T]
    ) -> None:
        self._inputs = inputs
        self._table = table
        self._paths = paths
        self._unpack = unpack

    def keyed(self, paths: Mapping[str, str]) -> LazyParts[T]:
        """The same kind of part, for other keys."""
        return LazyParts(self._inputs, self._table, paths, self._unpack)

    def __getitem__(self, key: str) -> T:
        path = self._paths[key]
        return self._unpack(self._inputs.part(self._table, (path,))[path])

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)

    def items(self) -> ItemsView[str, T]:
        return _Items(self)

    def values(self) -> ValuesView[T]:
        return _Values(self)

    def walk(self) -> Iterator[tuple[str, T]]:
        """Every key with its value, in order, a few at a time."""
        keys = list(self._paths)
        for start in range(0, len(keys), _TOGETHER):
            some = keys[start : start + _TOGETHER]
            found = self._inputs.part(self._table, [self._paths[key] for key in some])
            for key in some:
                yield key, self._unpack(found[self._paths[key]])


class _Items(ItemsView[str, T]):
    _mapping: LazyParts[T]

    def __iter__(self) -> Iterator[tuple[str, T]]:
        return self._mapping.walk()


class _Values(ValuesView[T]):
    _mapping: LazyParts[T]

    def __iter__(self) -> Iterator[T]:
        return (value for _, value in self._mapping.walk())
