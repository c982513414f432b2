"""Deploying: what a deploy needs from a store, and how it says that something went wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import ClassVar, Protocol, TypeVar

from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.problem import Problem
from pivotgen.model.release import Attributes

_Item = TypeVar("_Item")

# Told what is being done, how much of it is done, and how much there is.
Progress = Callable[[str, int, int], None]
# Does a piece of work for each item, several at a time, and ends when all are done. It stops at the
# first error, and raises that.
Runner = Callable[[Callable[[_Item], None], Sequence[_Item]], None]


@dataclass(frozen=True, slots=True)
class Stored:
    """A small object of a store."""

    data: bytes
    # Another one after each change of the data.
    tag: str
    # When it was written, by the clock of the store.
    modified: datetime


class ChangedError(Exception):
    """Somebody else changed an object since it was read."""


class ObjectStore(Protocol):
    """A store of objects by key, such as a bucket. All raise DeployError where it does not answer.

    Keys are relative to the folder that the site has in it.
    """

    @property
    def redirects(self) -> bool:
        """Whether it answers with a redirect where the attributes of an object name an address."""

    def get(self, key: str) -> Stored | None:
        """An object; None where there is none."""

    def put(self, key: str, body: bytes | Path, attributes: Attributes) -> None:
        """Write an object, whatever is there."""

    def put_if(self, key: str, data: bytes, tag: str) -> str:
        """Write an object if its tag is still this one, or, with "", if there is none.

        The new tag is returned. ChangedError.
        """

    def copy(self, source: str, key: str) -> None:
        """Copy an object with its attributes to another key, whatever is there."""

    def delete(self, keys: Sequence[str]) -> None:
        """Remove objects; those that are not there are passed over."""

    def list(self) -> Iterable[tuple[str, int]]:
        """Every key, and how many bytes it has."""

    def now(self) -> datetime:
        """The time by the clock of the store."""


class DeployError(Exception):
    """A deploy cannot go on. Whoever deploys can do something about it, and the hint says what."""

    code: ClassVar[str] = "deploy-failed"

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def problem(self) -> Problem:
        """The same as a value."""
        return Problem.of_file("build.py", self.code, self.message, self.hint)


class RefusedError(DeployError):
    """A deploy would do what nobody may want; nothing was changed."""

    code = "deploy-refused"


class HeldError(DeployError):
    """Another deploy is at work, or took the place of this one."""

    code = "deploy-held"


class VerificationError(DeployError):
    """Readers do not get what was deployed."""

    code = "not-as-deployed"


def batches(items: Sequence[_Item], size: int) -> Iterator[Sequence[_Item]]:
    """The items, so many at a time."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
