"""Diff: shows changes to sources as a unified diff."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import unified_diff

from pivotgen.model.edit import Change
from pivotgen.model.visible import visible_name


def diff(changes: Iterable[Change]) -> str:
    """Return a unified diff for `patch` and `git apply`; the files keep the given order."""
    return "".join(line for change in changes for line in _diff_lines(change))


def _diff_lines(change: Change) -> Iterator[str]:
    path = visible_name(change.path)
    old = "/dev/null" if change.old is None else f"a/{path}"
    new = "/dev/null" if change.new is None else f"b/{path}"
    for line in unified_diff(_lines(change.old), _lines(change.new), old, new):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _lines(data: bytes | None) -> list[str]:
    # str.splitlines would also split at characters that are no line end for diff tools.
    text = (data or b"").decode("utf-8", "replace")
    lines = [f"{line}\n" for line in text.split("\n")]
    lines[-1] = lines[-1][:-1]
    return lines if lines[-1] else lines[:-1]
