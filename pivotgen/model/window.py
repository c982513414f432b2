"""Windows: how long a move usually takes."""

from __future__ import annotations

from typing import NamedTuple

from pivotgen.model.lazy_dataclass import dataclass


class Months(NamedTuple):
    """A span of time in whole months, so that spans in weeks, months and years compare."""

    shortest: int
    longest: int


# Months of a year, and weeks of it.
_MONTHS, _WEEKS = 12, 52


@dataclass(frozen=True, slots=True)
class Window:
    """The usual duration of a move: the author's estimate, from `minimum` to `maximum` units."""

    minimum: int
    maximum: int
    # "week", "month" or "year".
    unit: str

    def __str__(self) -> str:
        plural = self.unit if self.maximum == 1 else f"{self.unit}s"
        if self.minimum == self.maximum:
            return f"{self.maximum} {plural}"
        return f"{self.minimum}–{self.maximum} {plural}"

    @property
    def months(self) -> Months:
        """The same in whole months, each at least one."""
        return Months(self._in_months(self.minimum), self._in_months(self.maximum))

    def _in_months(self, count: int) -> int:
        if self.unit == "year":
            return count * _MONTHS
        if self.unit == "week":
            return max(1, round(count * _MONTHS / _WEEKS))
        return count
