"""Source lines: where the links of a paragraph stand in their file."""

from __future__ import annotations

from functools import cached_property

# A link is searched for in at most this many lines, because the end of its paragraph is not
# known: YAML joins the lines of a folded answer.
_MAX_LINES = 200
# What can follow the target of a link; without it, one target could be the start of another.
_TARGET_ENDS = ")> \t"


class SourceLines:
    """The lines of a file. A place is a line and a column, which both count from 1."""

    def __init__(self, text: str) -> None:
        self._text = text
        # Where the last search for a text ended, and how many it passed over.
        self._last: dict[tuple[str, int, str], tuple[int, int, int]] = {}

    # A file without links never needs its lines.
    @cached_property
    def _lines(self) -> list[str]:
        return self._text.split("\n")

    def line(self, number: int) -> str:
        """The text of a line."""
        return self._lines[number - 1]

    def find_target(self, target: str, first_line: int, skip: int) -> tuple[int, int]:
        """Return the place of a link's target in the paragraph that starts on `first_line`.

        It stands behind `](`, or alone as in a link definition, whichever line comes first. `skip`
        earlier occurrences are ignored. A target that is not found gets the first line.
        """
        bracket = self.find(f"]({target})", first_line, skip)
        if bracket and bracket[0] == first_line:
            return first_line, bracket[1] + 2
        bare = self.find(target, first_line, skip, _TARGET_ENDS) or (first_line, 1)
        return (bracket[0], bracket[1] + 2) if bracket and bracket[0] <= bare[0] else bare

    def find(
        self, text: str, first_line: int, skip: int = 0, ends: str = ""
    ) -> tuple[int, int] | None:
        """Return the place of a text on or after `first_line`, or None.

        With `ends`, one of these characters or the end of the line must follow. `skip` earlier
        occurrences are ignored.
        """
        key = text, first_line, ends
        # The second of many is searched for behind the first, or many would take too long.
        passed, start, column = self._last.get(key, (0, first_line, 0))
        if passed > skip:
            passed, start, column = 0, first_line, 0
        for number in range(start, min(first_line + _MAX_LINES, len(self._lines) + 1)):
            line = self._lines[number - 1]
            at = line.find(text, column)
            column = 0
            while at >= 0:
                after = line[at + len(text) : at + len(text) + 1]
                if not ends or after in ends:
                    if passed == skip:
                        self._last[key] = (skip + 1, number, at + 1)
                        return number, at + 1
                    passed += 1
                at = line.find(text, at + 1)
        return None
