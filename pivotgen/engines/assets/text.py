"""Text: the places in the text of an asset, as lines and as bytes."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

# The ends of lines in CSS and in scripts.
_LINE_END = re.compile(r"\r\n|[\r\n\f]")
_MARK = "\ufeff"


@dataclass(slots=True)
class AssetText:
    """The text of one file. Bytes that are not UTF-8 stay what they are."""

    data: bytes
    # Without a byte order mark.
    text: str = field(init=False)
    # Where each line starts.
    _lines: list[int] = field(init=False)
    # The last offset whose bytes were counted, and their number.
    _counted: tuple[int, int] = field(init=False)

    def __post_init__(self) -> None:
        text = self.data.decode("utf-8", "surrogateescape")
        self.text = text.removeprefix(_MARK)
        self._lines = [0, *(match.end() for match in _LINE_END.finditer(self.text))]
        self._counted = (0, len(_MARK.encode()) if text.startswith(_MARK) else 0)

    def offset(self, line: int, column: int) -> int:
        """The offset in the text of a line and a column, both counted from 1."""
        return self._lines[line - 1] + column - 1

    def place(self, offset: int) -> tuple[int, int]:
        """The line and the column of an offset, both counted from 1."""
        line = bisect_right(self._lines, offset)
        return line, offset - self._lines[line - 1] + 1

    def bytes_before(self, offset: int) -> int:
        """How many bytes of the file precede an offset; quick for offsets in their order."""
        last, number = self._counted
        if offset < last:
            last, number = 0, len(self.data) - len(self._encoded(0, len(self.text)))
        number += len(self._encoded(last, offset))
        self._counted = (offset, number)
        return number

    def _encoded(self, start: int, end: int) -> bytes:
        return self.text[start:end].encode("utf-8", "surrogateescape")
