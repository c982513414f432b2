"""Lazy parts: parts of content files, each fetched and decoded only when it is needed."""

from __future__ import annotations

from collections.abc import Callable, ItemsView, Iterator, Mapping, Sequence, ValuesView
from typing import TypeVar

from pivotgen.memory.inputs import Inputs
from pivotgen.memory.rows import MissingRowError

T = TypeVar("T")

# Parts that a walk over all of them fetches at once.
_TOGETHER = 500


class LazyParts(Mapping[str, T]):
    """Parts by key; `paths` gives the content file of each key, and the order of the keys.

    MissingRowError when the ledger has lost a part.
    """

    def __init__(
        self, inputs: Inputs, table: str, paths: Mapping[str, str], decode: Callable[[bytes], T]
    ) -> None:
        self._inputs = inputs
        self._table = table
        self._paths = paths
        self._decode = decode

    def keyed(self, paths: Mapping[str, str]) -> LazyParts[T]:
        """Parts of the same table by other keys."""
        return LazyParts(self._inputs, self._table, paths, self._decode)

    def __getitem__(self, key: str) -> T:
        return self._fetch([key])[0]

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)

    def items(self) -> ItemsView[str, T]:
        return _Items(self)

    def values(self) -> ValuesView[T]:
        return _Values(self)

    def walk(self) -> Iterator[tuple[str, T]]:
        """Every key with its part, in order; only some parts are in memory at a time."""
        keys = list(self._paths)
        for start in range(0, len(keys), _TOGETHER):
            some = keys[start : start + _TOGETHER]
            yield from zip(some, self._fetch(some), strict=True)

    def _fetch(self, keys: Sequence[str]) -> list[T]:
        paths = [self._paths[key] for key in keys]
        parts = self._inputs.part(self._table, paths)
        if len(parts) < len(paths):
            raise MissingRowError(f"{self._table} of content files are not in the ledger")
        return [self._decode(parts[path]) for path in paths]


class _Items(ItemsView[str, T]):
    _mapping: LazyParts[T]

    def __iter__(self) -> Iterator[tuple[str, T]]:
        return self._mapping.walk()


class _Values(ValuesView[T]):
    _mapping: LazyParts[T]

    def __iter__(self) -> Iterator[T]:
        return (value for _, value in self._mapping.walk())
