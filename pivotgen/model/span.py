"""Spans: how long several moves take one after another, and which of two ways is shorter.

The finder's script adds windows up by the same rules, and a test compares both.
"""

from __future__ import annotations

from collections.abc import Sequence

from pivotgen.model.window import Window

# Parts of a unit of time, so that all of them are whole numbers: 400 make a day, and a year has
# twelve months.
_PARTS = {"week": 2_800, "month": 12_175, "year": 146_100}
# From so many months on a span is told in years.
_LONG = 36


def length_of(window: Window) -> tuple[int, int]:
    """The longest and the shortest time of a window, as numbers that can be added and compared."""
    parts = _PARTS[window.unit]
    return window.maximum * parts, window.minimum * parts


def span_of(windows: Sequence[Window]) -> Window:
    """The windows added up: in their unit where all have the same, and otherwise in months."""
    units = {window.unit for window in windows}
    unit = units.pop() if len(units) == 1 else "month"
    longest, shortest = (sum(lengths) for lengths in zip(*map(length_of, windows), strict=True))
    if unit == "month" and shortest >= _LONG * _PARTS["month"]:
        unit = "year"
    return Window(_rounded(shortest, _PARTS[unit]), _rounded(longest, _PARTS[unit]), unit)


def _rounded(length: int, unit: int) -> int:
    """The nearest number of units; half of one counts as a whole."""
    return (2 * length + unit) // (2 * unit)
