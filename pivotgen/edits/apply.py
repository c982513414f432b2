"""Mend: edits put into the bytes of a source; everything around them stays as it was."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pivotgen.model.edit import Edit
from pivotgen.model.problem import Problem

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")


def mend(data: bytes, edits: Iterable[Edit]) -> bytes:
    """The source with its edits made; they must not overlap.

    A byte order mark and the kind of line ends stay. UnicodeDecodeError when it is not UTF-8.
    """
    text = data.decode("utf-8")
    mark, text = text[: text.startswith("\ufeff")], text.removeprefix("\ufeff")
    newline = "\r\n" if "\r\n" in text else "\n"
    starts = [match.start() for match in _LINE.finditer(text)]
    for edit in sorted(edits, reverse=True):
        start = starts[edit.line - 1] + edit.column - 1
        end = starts[edit.end_line - 1] + edit.end_column - 1
        text = f"{text[:start]}{edit.text.replace(chr(10), newline)}{text[end:]}"
    return f"{mark}{text}".encode()


def compatible_edits(problems: Iterable[Problem]) -> dict[str, list[Edit]]:
    """The edits that can be made at once, by path.

    A problem whose edits would touch what another's already change is left for the next time,
    whole; two problems that want the very same edit share it.
    """
    chosen: dict[str, list[Edit]] = {}
    for problem in problems:
        new = [edit for edit in problem.edits if edit not in chosen.get(edit.path, ())]
        if any(_touch(edit, one) for edit in new for one in chosen.get(edit.path, ())):
            continue
        for edit in new:
            chosen.setdefault(edit.path, []).append(edit)
    return chosen


def _touch(one: Edit, other: Edit) -> bool:
    def span(edit: Edit) -> tuple[tuple[int, int], tuple[int, int]]:
        return (edit.line, edit.column), (edit.end_line, edit.end_column)

    (start, end), (there, until) = span(one), span(other)
    return start <= until and there <= end
