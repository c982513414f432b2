"""Read the lock: the lines of pivots.lock, and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from pivotgen.engines.encoding import encoding_problem
from pivotgen.model.address import HOME, is_typed_address, page_address
from pivotgen.model.edit import Edit
from pivotgen.model.lock import ATTRIBUTES, LOCK, MERGE_LINE, NO_LOCK, Lock, Recorded
from pivotgen.model.problem import Problem
from pivotgen.model.shared_inputs import SharedInputs
from pivotgen.stages.context import BuildContext

# Most lines are like this, and need no further look.
_PLAIN = re.compile(r"((?:/[\w.~-]+)*/) ([0-9a-f]{16}|-) (\d{4}-\d\d-\d\d)\r?", re.ASCII)
_HASH = re.compile(r"[0-9a-f]{16}|-")
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_WORD = re.compile(r"\S+")
# What git writes around two versions of some lines, and between them.
_MARK = re.compile(r"(<{7}|\|{7}|={7}|>{7})(?: .*)?\r?")


def lock_of(build: BuildContext, shared: SharedInputs) -> tuple[Lock, list[Problem]]:
    """The lock of a site and its problems; an empty one where the site has none."""
    if not shared.lock:
        return NO_LOCK, []
    data = build.options.overlay.get(LOCK) or (build.site / LOCK).read_bytes()
    return read_lock(data)


def read_lock(data: bytes) -> tuple[Lock, list[Problem]]:
    """The lines of the file `data`, and its problems."""
    if problem := encoding_problem(LOCK, data):
        return NO_LOCK, [problem]
    lines: dict[str, tuple[Recorded, ...]] = {}
    problems: list[Problem] = []
    marks: list[tuple[int, str]] = []
    # Many lines have the same day.
    days: dict[str, date | None] = {}
    for number, text in enumerate(data.decode("utf-8-sig").split("\n"), 1):
        if match := _PLAIN.fullmatch(text):
            address, hashed, typed = match.groups()
            if typed not in days:
                days[typed] = _day(typed)
            if (day := days[typed]) is None:
                problems.append(_no_day(number, match.start(3), typed))
                continue
        elif not text.strip() or text.startswith("#"):
            continue
        elif _MARK.fullmatch(text):
            marks.append((number, text))
            continue
        else:
            row = _other_line(number, text)
            if isinstance(row, Problem):
                problems.append(row)
                continue
            address, hashed, day = row
        line = Recorded(hashed, day, number)
        lines[address] = (*lines[address], line) if address in lines else (line,)
    return Lock(lines), sorted([*problems, *_conflicts(marks)])


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _other_line(number: int, text: str) -> tuple[str, str, date] | Problem:
    """The three parts of a line that somebody has typed, or whose address is not plain ASCII."""
    words = [*_WORD.finditer(text)]
    if len(words) != len(Recorded._fields):
        return _problem(number, 1, "this line is not an address, a hash and a day", _HINT)
    address, hashed, typed = words
    is_address = address[0] == HOME or is_typed_address(address[0])
    if not is_address:
        message = f"`{address[0]}` is not an address of this site"
        return _problem(number, address.start() + 1, message, _HINT)
    if not _HASH.fullmatch(hashed[0]):
        message = f"`{hashed[0]}` is no hash that this pivotgen knows"
        hint = "if a newer pivotgen wrote it, use that one; else put `-` there and run "
        return _problem(number, hashed.start() + 1, message, f"{hint}`pivotgen lock`")
    day = _day(typed[0]) if _DAY.fullmatch(typed[0]) else None
    if day is None:
        return _no_day(number, typed.start(), typed[0])
    return page_address(address[0]), hashed[0], day


_HINT = "write `/address/ hash 2026-01-31`; or delete the line, and run `pivotgen lock`"


def _no_day(number: int, start: int, typed: str) -> Problem:
    return _problem(number, start + 1, f"`{typed}` is no day", "write it as 2026-01-31")


def _problem(line: int, column: int, message: str, hint: str) -> Problem:
    return Problem(LOCK, line, column, "lock-line", message, hint)


def _conflicts(marks: list[tuple[int, str]]) -> Iterator[Problem]:
    """A problem for each merge that git has left to somebody, with its marks to be deleted.

    The lines of both sides may stay, so nothing has to be chosen.
    """
    groups: list[list[tuple[int, str]]] = []
    for number, text in marks:
        if text.startswith("<") or not groups:
            groups.append([])
        groups[-1].append((number, text))
    for group in groups:
        edits = tuple(Edit(LOCK, line, 1, line + 1, 1, "") for line, _ in group)
        message = "git has left its marks of a merge here"
        hint = f"delete them and keep the lines of both sides; `{MERGE_LINE}` in {ATTRIBUTES} "
        place = LOCK, group[0][0], 1
        hint += "has git do that"
        yield Problem(*place, "merge-conflict", message, hint, edits=edits)
