"""Site code: the places of faults in a site's own functions, which are its rules and filters."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from traceback import walk_tb
from typing import Any

# A path from the site's folder, and a line.
Place = tuple[str, int]


def fault_place(folder: Path, error: BaseException) -> Place | None:
    """The innermost line of the site's own code that led to an error; None without any."""
    frames = walk_tb(error.__traceback__)
    places = [_place(folder, frame.f_code.co_filename, line) for frame, line in frames]
    return next((place for place in reversed(places) if place), None)


def definition_place(folder: Path, function: Callable[..., Any]) -> Place | None:
    """Where the site defines a function; None when it is not the site's own."""
    code = getattr(function, "__code__", None)
    return _place(folder, code.co_filename, code.co_firstlineno) if code else None


def _place(folder: Path, file: str, line: int) -> Place | None:
    """A line as one of the site. Libraries and pivotgen may lie in its folder too, and are not."""
    path = Path(file)
    package = Path(__file__).resolve().parent.parent
    is_own = path.is_relative_to(folder) and not path.is_relative_to(package)
    if not is_own or "site-packages" in path.parts or path.suffix != ".py":
        return None
    return path.relative_to(folder).as_posix(), line
