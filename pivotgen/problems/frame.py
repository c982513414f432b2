"""Frame: the lines of a file around a place, fit to be shown."""

from __future__ import annotations

import re

# What would not be seen, or would move the caret's column.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def frame(data: bytes, number: int, around: int = 0) -> list[tuple[int, str]]:
    """Line `number` of the file and up to `around` lines before and after it, each with its number.

    Nothing when the file has no such line.
    """
    text = data.decode("utf-8-sig", "replace")
    # Line ends as the readers of content count them; str.splitlines knows several more.
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not lines[-1]:
        lines.pop()
    if number > len(lines):
        return []
    first = max(number - around, 1)
    shown = [line.replace("\t", " ") for line in lines[first - 1 : number + around]]
    return list(enumerate((_UNSEEN.sub("\N{REPLACEMENT CHARACTER}", one) for one in shown), first))
