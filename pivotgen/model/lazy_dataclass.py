"""Lazy dataclass: that of the standard library, with methods that are made when first used.

The standard one compiles six methods for each frozen class, which takes a millisecond. There are
two hundred such classes, and most builds use few of them: it was a seventh of a build that finds
nothing changed. What the methods do, and what a class tells of its fields, is left to the standard
one.
"""

from __future__ import annotations

import dataclasses
import inspect
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    # A checker of types knows this one.
    from dataclasses import dataclass as dataclass
else:

    def dataclass(cls: type | None = None, /, **options: bool) -> Any:
        """The decorator. Classes with unusual options get their methods at once."""
        if cls is None:
            return lambda decorated: dataclass(decorated, **options)
        is_usual = options.get("frozen") and options.get("slots") and not options.get("order")
        if not is_usual or _MADE & cls.__dict__.keys():
            return dataclasses.dataclass(**options)(cls)
        return _lazy(cls, options)


# Made when first used.
_MADE = frozenset(("__init__", "__repr__", "__eq__", "__hash__"))
# What else a dataclass has; it is looked up on the class.
_CLASS_VALUES = ("__dataclass_fields__", "__dataclass_params__", "__match_args__")
# Threads may need the same class at once. One class may need another.
_LOCK = threading.RLock()


def _lazy(plain: type, options: dict[str, bool]) -> Any:
    """A class like `plain` with a slot for each field."""
    inherited = {name for base in plain.__mro__[1:] for name in getattr(base, "__slots__", ())}
    kinds = inspect.get_annotations(plain).items()
    fields = [name for name, kind in kinds if not str(kind).startswith("ClassVar")]
    slots = tuple(name for name in fields if name not in inherited)
    # A default would stand in place of the slot.
    left_out = {*fields, "__dict__", "__weakref__"}
    values = {name: value for name, value in plain.__dict__.items() if name not in left_out}
    values |= {
        "__slots__": slots,
        "__setattr__": _refuse_change,
        "__delattr__": _refuse_change,
        "__getstate__": _state,
        "__setstate__": _set_state,
    }
    cls: Any = type(plain)(plain.__name__, plain.__bases__, values)
    cls.__qualname__ = plain.__qualname__
    without = {"__eq__", "__hash__"} if options.get("eq") is False else set[str]()
    methods = _MADE - without

    def complete() -> None:
        """Have the standard library make all that was left for later."""
        with _LOCK:
            # Another thread may have done it meanwhile.
            if options.pop("slots", False):
                made: type = dataclasses.dataclass(**options)(plain)
                for name in (*methods, *_CLASS_VALUES):
                    setattr(cls, name, made.__dict__[name])
                # Its signature is that of its method.
                del cls.__signature__

    for name in methods:
        setattr(cls, name, _method(cls, name, complete))
    for name in (*_CLASS_VALUES, "__signature__"):
        setattr(cls, name, _ClassValue(cls, name, complete))
    return cls


def _method(cls: type, name: str, complete: Callable[[], None]) -> Callable[..., Any]:
    """What stands in for a method until it is first called."""

    def stand_in(self: object, *args: Any, **kwargs: Any) -> Any:
        complete()
        return cls.__dict__[name](self, *args, **kwargs)

    return stand_in


class _ClassValue:
    """What stands in for a value of the class until somebody looks at it."""

    def __init__(self, cls: type, name: str, complete: Callable[[], None]) -> None:
        self._cls, self._name, self._complete = cls, name, complete

    def __get__(self, instance: object, owner: type) -> Any:
        self._complete()
        if self._name not in self._cls.__dict__:
            raise AttributeError(self._name)
        return self._cls.__dict__[self._name]


def _refuse_change(self: object, name: str, value: object = None) -> NoReturn:
    raise dataclasses.FrozenInstanceError(f"cannot change field {name!r}")


def _state(self: Any) -> list[Any]:
    """For copies and pickles; the usual way of classes with slots would set attributes."""
    return [getattr(self, field.name) for field in dataclasses.fields(self)]


def _set_state(self: Any, state: list[Any]) -> None:
    for field, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)
