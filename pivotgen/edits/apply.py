"""Apply edits: changes parts of a source; everything else in the file stays as it was."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from pivotgen.model.edit import Change, Edit
from pivotgen.model.problem import Problem

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")


def changes_for(site: Path, problems: Iterable[Problem]) -> tuple[Change, ...]:
    """Return the changes that the edits of the problems make, in the order of their paths.

    One problem can hide another. So a new check after these changes can find more to change.
    Raises OSError when a file cannot be read, and UnicodeDecodeError when it is not UTF-8.
    """
    changes = []
    for path, edits in sorted(compatible_edits(problems).items()):
        # Only a file that an edit begins may be missing.
        old = (site / path).read_bytes() if (site / path).exists() else None
        changes.append(Change(path, old, apply_edits(old or b"", edits)))
    return tuple(changes)


def compatible_edits(problems: Iterable[Problem]) -> dict[str, list[Edit]]:
    """Return the edits that can be made together, by path.

    All edits of a problem are taken, or none. None are taken when one of them overlaps or touches
    an edit of an earlier problem. Two problems may share the same edit.
    """
    chosen: dict[str, list[Edit]] = {}
    for problem in problems:
        new = [edit for edit in problem.edits if edit not in chosen.get(edit.path, ())]
        if any(_touch(edit, other) for edit in new for other in chosen.get(edit.path, ())):
            continue
        for edit in new:
            chosen.setdefault(edit.path, []).append(edit)
    return chosen


def apply_edits(data: bytes, edits: Iterable[Edit]) -> bytes:
    """Return the source after its edits, which must not overlap.

    A byte order mark and the kind of line ends stay. Raises UnicodeDecodeError when `data` is not
    UTF-8.
    """
    text = data.decode("utf-8")
    mark, text = text[: text.startswith("\ufeff")], text.removeprefix("\ufeff")
    newline = "\r\n" if "\r\n" in text else "\n"
    line_starts = [match.start() for match in _LINE.finditer(text)]
    # From the last to the first, so that the places of the others stay true.
    for edit in sorted(edits, reverse=True):
        start = line_starts[edit.line - 1] + edit.column - 1
        end = line_starts[edit.end_line - 1] + edit.end_column - 1
        new = edit.text.replace("\n", newline)
        text = f"{text[:start]}{new}{text[end:]}"
    return f"{mark}{text}".encode()


def _touch(first: Edit, second: Edit) -> bool:
    """Whether two edits of one file overlap, or one begins where the other ends."""
    return (first.line, first.column) <= (second.end_line, second.end_column) and (
        second.line,
        second.column,
    ) <= (first.end_line, first.end_column)
