"""Source lines: where the links of a paragraph stand in their file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from pivotgen.engines.markdown.code_places import without_code_spans

# A link is searched for in at most this many lines, because the end of its paragraph is not
# known: YAML joins the lines of a folded answer.
_MAX_LINES = 200
# What can follow the target of a link; without it, one target could be the start of another.
_TARGET_ENDS = ")> \t"


class SourceLines:
    """The lines of a file. A place is a line and a column, which both count from 1."""

    def __init__(self, text: str) -> None:
        self._text = text
        # The places of each text that was looked for, and the search for further ones.
        self._searches: dict[
            tuple[str, int, str], tuple[list[tuple[int, int]], Iterator[tuple[int, int]]]
        ] = {}

    # A file without links never needs its lines.
    @cached_property
    def _lines(self) -> list[str]:
        return self._text.split("\n")

    def line(self, number: int) -> str:
        """The text of a line."""
        return self._lines[number - 1]

    # A link in code is none, so it is not looked for there.
    @cached_property
    def _lines_of_links(self) -> list[str]:
        plain = without_code_spans(self._text)
        return self._lines if plain == self._text else plain.split("\n")

    def find_target(self, target: str, first_line: int, skip: int) -> tuple[int, int]:
        """Return the place of a link's target in the paragraph that starts on `first_line`.

        It stands behind `](`, or alone as in a link definition, whichever line comes first. `skip`
        earlier occurrences are ignored. A target that is not found gets the first line.
        """
        lines = self._lines_of_links
        bracket = self._find(lines, f"]({target})", first_line, skip)
        if bracket and bracket[0] == first_line:
            return first_line, bracket[1] + 2
        bare = self._find(lines, target, first_line, skip, _TARGET_ENDS) or (first_line, 1)
        return (bracket[0], bracket[1] + 2) if bracket and bracket[0] <= bare[0] else bare

    def find(self, text: str, first_line: int, skip: int = 0) -> tuple[int, int] | None:
        """Return the place of a text on or after `first_line`, or None.

        `skip` earlier occurrences are ignored.
        """
        return self._find(self._lines, text, first_line, skip)

    def _find(
        self, lines: Sequence[str], text: str, first_line: int, skip: int, ends: str = ""
    ) -> tuple[int, int] | None:
        """Return the same in these lines.

        With `ends`, one of these characters or the end of the line must follow.
        """
        # A paragraph may have the same text many times, so each search goes on where it stopped.
        known, rest = self._searches.setdefault(
            (text, first_line, ends), ([], _search(lines, text, first_line, ends))
        )
        while len(known) <= skip:
            if (place := next(rest, None)) is None:
                return None
            known.append(place)
        return known[skip]


# No method: a search that is kept would refer to its owner, in a ring that only the collector ends.
def _search(
    lines: Sequence[str], text: str, first_line: int, ends: str
) -> Iterator[tuple[int, int]]:
    for number in range(first_line, min(first_line + _MAX_LINES, len(lines) + 1)):
        line = lines[number - 1]
        at = line.find(text)
        while at >= 0:
            after = line[at + len(text) : at + len(text) + 1]
            if not ends or after in ends:
                yield number, at + 1
            at = line.find(text, at + 1)
