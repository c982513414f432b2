"""Scope: what is known of each name at one place of a layout, and what a value can be.

Everything here is known without rendering. Where nothing is known of a value, it is `Unknown`, and
the check is silent about it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field, replace
from typing import Any, TypeAlias

from jinja2 import nodes

from pivotgen.engines.layouts.template_check.layout_file import LayoutFile
from pivotgen.model.lazy_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Unknown:
    """A value of which nothing is known."""


@dataclass(frozen=True, slots=True)
class Known:
    """A value of one Python type: a dataclass, text, a number, a date."""

    type: type[Any]


@dataclass(frozen=True, slots=True)
class Many:
    """A tuple whose items are all of the same type."""

    item: Value


@dataclass(frozen=True, slots=True)
class Loop:
    """The `loop` of a `for`."""

    item: Value


@dataclass(frozen=True, slots=True, eq=False)
class Macro:
    """A macro, or the body of a `call` block, which Jinja calls as a macro."""

    node: nodes.Macro | nodes.CallBlock
    # Where it is written; its body sees the names that are visible there.
    place: Place


@dataclass(frozen=True, slots=True, eq=False)
class Module:
    """A layout that another one imports under a name."""

    file: str
    # The names that it gives a value at its top level.
    scope: Scope

    @property
    def names(self) -> dict[str, Value]:
        """What it hands to those that import it; Jinja keeps names with an underscore back."""
        return {name: value for name, value in self.scope.own.items() if not name.startswith("_")}


@dataclass(frozen=True, slots=True, eq=False)
class BlockLevel:
    """A block as one of the layouts that have it writes it, such as the one behind `super`."""

    rendering: Rendering
    name: str
    # How many layouts below have it as well.
    level: int


Value: TypeAlias = Unknown | Known | Many | Loop | Macro | Module | BlockLevel

UNKNOWN = Unknown()


def common(values: Sequence[Value]) -> Value:
    """What is known of a value that can be any of these."""
    first, *others = values
    return first if all(other == first for other in others) else UNKNOWN


class Scope:
    """Names and their values, inside another scope or none.

    A scope changes as the check walks on, and a macro keeps the scope that it is written in. It
    is therefore called with the names as they are at its call, as in Jinja.
    """

    __slots__ = ("_names", "_open", "_outer")

    def __init__(self, names: Mapping[str, Value], outer: Scope | None = None) -> None:
        self._names = dict(names)
        self._outer = outer
        self._open = False

    def __contains__(self, name: str) -> bool:
        return name in self._names or (self._outer is not None and name in self._outer)

    def __getitem__(self, name: str) -> Value:
        """What is known of a name; `Unknown` for a name that has no value here."""
        if name in self._names:
            return self._names[name]
        return self._outer[name] if self._outer is not None else UNKNOWN

    @property
    def is_open(self) -> bool:
        """Whether there may be names that the check cannot know."""
        return self._open or (self._outer is not None and self._outer.is_open)

    @property
    def names(self) -> set[str]:
        """Every name that has a value here."""
        return {*self._names, *(self._outer.names if self._outer else ())}

    @property
    def own(self) -> Mapping[str, Value]:
        """The names of this scope alone."""
        return self._names

    def open(self) -> None:
        """Note that there may be other names: those of a layout that cannot be known."""
        self._open = True

    def inner(self, names: Mapping[str, Value] | None = None) -> Scope:
        """A scope inside this one, with names of its own."""
        return Scope(names or {}, self)

    def bind(self, target: nodes.Node, value: Value) -> None:
        """Give the name, or each of several names, of an assignment its value.

        Of the names that a value is unpacked into, nothing is known.
        """
        if isinstance(target, nodes.Name):
            self._names[target.name] = value
        else:
            names = (name.name for name in target.find_all(nodes.Name))
            self._names |= dict.fromkeys(names, UNKNOWN)

    def bind_name(self, name: str, value: Value) -> None:
        """Give a name its value."""
        self._names[name] = value

    def walk_branches(self, branches: Iterable[Callable[[], None]]) -> None:
        """Walk every branch from the names as they are now.

        Afterwards a name is known only where it is the same at the end of all branches.
        """
        start, ends = self._names, []
        for walk in branches:
            self._names = dict(start)
            walk()
            ends.append(self._names)
        names = {name for end in ends for name in end}
        self._names = start
        outside = {name: self._outer[name] if self._outer else UNKNOWN for name in names}
        self._names = {
            name: common([end.get(name, outside[name]) for end in ends]) for name in names
        }


@dataclass(frozen=True, slots=True)
class Rendering:
    """One layout that is rendered by itself, with all the layouts that it extends."""

    # The top level of these layouts, which they share.
    scope: Scope
    # Their names, from the layout itself upwards, as far as the check has come.
    files: tuple[str, ...] = ()
    # By the name of a block, the layouts that have it, from the layout itself upwards.
    blocks: Mapping[str, tuple[tuple[str, nodes.Block], ...]] = field(default_factory=dict)

    def with_file(self, file: LayoutFile) -> Rendering:
        """The same with the next layout above."""
        blocks = dict(self.blocks)
        for block in file.blocks:
            blocks[block.name] = (*blocks.get(block.name, ()), (file.name, block))
        return replace(self, files=(*self.files, file.name), blocks=blocks)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the check stands: in which file, with which names."""

    file: str
    scope: Scope
    rendering: Rendering
    # Expressions that an `if` around this place has asked about with `is defined`.
    asked: frozenset[str] = frozenset()

    @property
    def at_top(self) -> bool:
        """Whether it is the top level of a layout, outside of blocks, loops and macros."""
        return self.scope is self.rendering.scope

    def within(self, scope: Scope) -> Place:
        """The same place with the names of another scope."""
        return replace(self, scope=scope)

    def asking(self, asked: frozenset[str]) -> Place:
        """The same place inside an `if` that asks about these expressions."""
        return replace(self, asked=self.asked | asked)
