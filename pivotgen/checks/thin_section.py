"""thin-section: a heading with too little text under it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from pivotgen.model.header import Written
from pivotgen.model.own_page import OwnPage
from pivotgen.model.pivot import Heading, Pivot, Prose
from pivotgen.model.problem import Level, Problem
from pivotgen.model.role import RoleText

# Words in two sentences of normal length. A section of fewer does not need a heading.
_FEWEST = 30
_WORD = re.compile(r"\w+(?:['’-]\w+)*")


def check_pivot(pivot: Pivot, prose: Prose, today: date) -> Iterator[Problem]:
    """A warning at each heading with too little under it."""
    return _thin(pivot.path, prose.headings, prose.notes.headings, prose.passages)


def check_text(text: RoleText | OwnPage, today: date) -> Iterator[Problem]:
    """The same for a role's file. An own page has short sections, such as one for an address."""
    if isinstance(text, RoleText):
        yield from _thin(text.path, text.headings, text.notes.headings, text.passages)


def _thin(
    path: str, headings: Sequence[Heading], lines: Sequence[int], passages: Sequence[Written]
) -> Iterator[Problem]:
    """A section of level 2 counts with its parts. Deeper sections may be short, but not empty."""
    levels = dict(zip(lines, (heading.level for heading in headings), strict=False))
    if not levels:
        return
    # The words of each section, by the line of its heading.
    words = dict.fromkeys(levels, 0)
    # The sections that the current passage is in.
    open_sections: list[int] = []
    start = min(levels)
    for passage in passages:
        if passage.line in levels:
            level = levels[passage.line]
            open_sections = [line for line in open_sections if levels[line] < level]
            open_sections.append(passage.line)
        elif passage.line >= start:
            count = len(_WORD.findall(passage.text))
            for line in open_sections:
                words[line] += count
    titles = dict(zip(lines, (heading.text for heading in headings), strict=False))
    for line, count in words.items():
        if count >= (_FEWEST if levels[line] == 2 else 1):
            continue
        message = f"there is nothing under “{titles[line]}”"
        if count:
            noun = "word" if count == 1 else "words"
            message = f"“{titles[line]}” holds {count} {noun}; a section needs {_FEWEST} or more"
        hint = "say more, or move it into the section above and drop the heading"
        yield Problem(path, line, 1, "thin-section", message, hint, Level.WARNING)
