"""The names of a renamed role or skill in other languages: they stay, under its new address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pivotgen.model.edit import Edit
from pivotgen.model.source import language_of_names

_PART = re.compile(r"(\w+):\s*(?:#.*)?")
_KEY = re.compile(r"[ \t]+(?P<quote>[\"']?)(?P<slug>[^\s:\"'#]+)(?P=quote):(?:\s|$)")


def names_edits(kind: str, slugs: tuple[str, str], data: Mapping[str, bytes]) -> Iterator[Edit]:
    """The edits of all files of names, by path; `slugs` are the old one and the new one.

    A language that has a name under the new one already keeps that.
    """
    old, new = slugs
    for path, text in data.items():
        if language_of_names(path):
            places = dict(_places(f"{kind}s", text.decode("utf-8-sig")))
            if old not in places:
                continue
            line, column = places[old]
            if new in places:
                yield Edit(path, line, 1, line + 1, 1, "")
            else:
                yield Edit(path, line, column, line, column + len(old), new)


def _places(part: str, text: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """The place of each slug in one part of a file."""
    current = ""
    for number, line in enumerate(text.split("\n"), 1):
        if head := _PART.fullmatch(line.rstrip()):
            current = head[1]
        elif current == part and (match := _KEY.match(line)):
            yield match["slug"], (number, match.start("slug") + 1)
