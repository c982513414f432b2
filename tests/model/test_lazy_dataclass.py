"""Lazy dataclasses: the same as those of the standard library, and nothing made before its use."""

from __future__ import annotations

import copy
import dataclasses
import importlib
import inspect
import pickle
import pkgutil
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import field, fields, is_dataclass, replace
from pathlib import Path
from typing import Any, ClassVar

import pytest

import pivotgen
from pivotgen.model.lazy_dataclass import dataclass


def made_by(decorator: Callable[..., Any]) -> tuple[type[Any], type[Any]]:
    """A class and one that inherits from it, both as this decorator makes them."""

    @decorator(frozen=True, slots=True)
    class Place:
        """Where something is."""

        kind: ClassVar[str] = "place"
        path: str
        line: int = 1
        near: tuple[str, ...] = field(default_factory=tuple, compare=False)

        def __post_init__(self) -> None:
            if self.line < 1:
                raise ValueError("a line counts from 1")

        @property
        def name(self) -> str:
            return f"{self.path}:{self.line}"

    @decorator(frozen=True, slots=True, kw_only=True)
    class Span(Place):
        line: int = 7
        end: int
        secret: str = field(default="", repr=False)

    return Place, Span


def _standard(base: type[Any]) -> Any:
    return dataclasses.make_dataclass("Sub", [("more", int, 1)], bases=(base,), frozen=True)


USES: dict[str, Callable[[Any, Any], object]] = {
    "made": lambda place, span: (place("a").name, span("a", end=3).line, place("a").kind),
    "too many values": lambda place, span: place("a", 1, (), 4),
    "an unknown name": lambda place, span: place("a", lime=1),
    "a fault in a value": lambda place, span: place("a", 0),
    "shown": lambda place, span: (repr(place("a", 2)), repr(span("a", end=3, secret="x"))),
    "compared": lambda place, span: (
        place("a") == place("a", near=("b",)),
        place("a") == place("b"),
        place("a", 7) == span("a", end=3),
    ),
    "hashed": lambda place, span: len({place("a"), place("a"), span("a", end=3)}),
    "changed": lambda place, span: setattr(place("a"), "line", 2),
    "taken away": lambda place, span: delattr(place("a"), "line"),
    "replaced": lambda place, span: repr(
        [replace(place("a"), line=2), replace(span("a", end=3), end=4)]
    ),
    "asked for fields": lambda place, span: [
        [(one.name, one.type, one.default, one.kw_only) for one in fields(each)]
        for each in (span, place)
    ],
    "asked for its signature": lambda place, span: [
        str(inspect.signature(each)) for each in (span, place)
    ],
    "matched": lambda place, span: (span.__match_args__, place.__match_args__),
    "asked for its slots": lambda place, span: (place.__slots__, set(span.__slots__)),
    "asked for its doc": lambda place, span: (place.__doc__, place.__qualname__, place.__module__),
    "inherited from by a standard one": lambda place, span: repr(_standard(span)("a", end=3)),
}


@pytest.mark.parametrize("use", USES)
def test_whatever_comes_first_is_as_with_the_standard_one(use: str) -> None:
    results = []
    for decorator in (dataclasses.dataclass, dataclass):
        try:
            results.append(USES[use](*made_by(decorator)))
        except Exception as error:
            words = str(error) if type(error) in (TypeError, ValueError) else ""
            results.append((isinstance(error, AttributeError) or type(error), words))
    assert results[0] == results[1]


@dataclass(frozen=True, slots=True)
class Sent:
    """What goes to another process."""

    path: str
    near: tuple[str, ...] = ()


@pytest.mark.parametrize(
    "copied", [copy.copy, copy.deepcopy, lambda sent: pickle.loads(pickle.dumps(sent))]
)
def test_a_copy_is_the_same(copied: Callable[[Sent], Sent]) -> None:
    assert copied(Sent("a", ("b",))) == Sent("a", ("b",))


def test_nothing_is_made_before_it_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = list[type]()
    standard = dataclasses.dataclass

    def counted(**options: Any) -> Callable[[type], type]:
        def decorate(cls: type) -> type:
            asked.append(cls)
            return standard(**options)(cls)

        return decorate

    monkeypatch.setattr(dataclasses, "dataclass", counted)
    place, span = made_by(dataclass)
    assert asked == []
    place("a")
    place("b")
    assert [cls.__name__ for cls in asked] == ["Place"]
    span("a", end=3)
    assert [cls.__name__ for cls in asked] == ["Place", "Span"]


@pytest.fixture
def quick_switches() -> Iterator[None]:
    """Threads that take turns all the time, also while a class is being completed."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("quick_switches")
def test_threads_that_need_a_class_at_once_all_get_it() -> None:
    for _ in range(50):
        _, span = made_by(dataclass)
        at_once = threading.Barrier(4)

        def use(span: type[Any] = span, at_once: threading.Barrier = at_once) -> str:
            at_once.wait()
            return repr(span("a", end=3))

        with ThreadPoolExecutor(4) as threads:
            assert len({each.result() for each in [threads.submit(use) for _ in range(4)]}) == 1


def test_nothing_can_be_added_to_an_object() -> None:
    place, _ = made_by(dataclass)
    with pytest.raises(dataclasses.FrozenInstanceError):
        place("a").lime = 2


def test_an_equal_may_be_a_matter_of_identity() -> None:
    @dataclass(frozen=True, slots=True, eq=False)
    class Tool:
        name: str

    assert Tool("a") != Tool("a")
    assert len({Tool("a"), Tool("a")}) == 2


def _dataclasses() -> Iterator[type[Any]]:
    for module in pkgutil.walk_packages(pivotgen.__path__, "pivotgen."):
        if not module.name.endswith("__main__"):
            for cls in vars(importlib.import_module(module.name)).values():
                if isinstance(cls, type) and cls.__module__ == module.name and is_dataclass(cls):
                    yield cls


def test_each_class_of_the_program_has_a_slot_for_each_field_and_no_other() -> None:
    known = [cls for cls in _dataclasses() if "__slots__" in vars(cls)]
    assert len(known) > 300
    for cls in known:
        slots = {slot for each in cls.__mro__ for slot in getattr(each, "__slots__", ())}
        assert slots == {one.name for one in fields(cls)}, cls


def test_every_frozen_class_is_made_by_it() -> None:
    root = Path(pivotgen.__path__[0])
    for file in root.rglob("*.py"):
        text = file.read_text("utf-8")
        # Those below the model cannot import it.
        if "@dataclass(frozen=True, slots=True" in text and file.parent != root / "disk":
            assert "from pivotgen.model.lazy_dataclass import dataclass\n" in text, file
