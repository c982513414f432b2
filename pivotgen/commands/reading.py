"""`reading`: measures how hard each pivot is to read.

The measure is LIX (C.-H. Björnsson, Läsbarhet, Stockholm 1968): the words per sentence plus the
percentage of words of more than six letters. It needs no dictionary and works for many languages.
It is a report and not a rule, because some subjects need long words.
"""

from __future__ import annotations

import re
from pathlib import Path

from pivotgen.commands._graph import with_graph
from pivotgen.model.config import Config
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.pivot import Pivot, Prose
from pivotgen.model.site import Site
from pivotgen.pipeline import Report

# A word of more letters than this is long.
_LONG = 6
_WORD = re.compile(r"\w+(?:['’]\w+)*")
# Björnsson ends a sentence at a full stop, a colon, a question mark or an exclamation mark.
_END = re.compile(r"(?<=[.:?!…])[\"'”’)]*\s+")
# Björnsson names the values 20, 30, 40, 50 and 60; each name reaches halfway to the next value.
_GRADES = ((25, "very easy"), (35, "easy"), (45, "middling"), (55, "hard"))


@dataclass(frozen=True, slots=True)
class Reading:
    """How hard one pivot is to read."""

    path: str
    lix: int
    words: int
    # The number of words in the longest sentence, and the line on which it starts.
    longest: int
    line: int

    @property
    def grade(self) -> str:
        """The LIX in words."""
        return next((name for limit, name in _GRADES if self.lix < limit), "very hard")


def reading(config: Config, site: Path) -> tuple[list[Reading], Report]:
    """The reading of every pivot, drafts included, hardest first; and the site's problems."""
    readings, report = with_graph(config, site, _readings)
    return readings or [], report


def _readings(graph: Site) -> list[Reading]:
    readings = [_measure(pivot, prose) for pivot, prose in graph.with_prose()]
    return sorted(readings, key=lambda reading: (-reading.lix, reading.path))


def _measure(pivot: Pivot, prose: Prose) -> Reading:
    words = long = sentences = longest = line = 0
    for passage in prose.passages:
        # Headings are not sentences; they would make every page look easier than it is.
        if passage.line in prose.notes.headings:
            continue
        start = 0
        for end in [*(match.end() for match in _END.finditer(passage.text)), len(passage.text)]:
            sentence = _WORD.findall(passage.text, start, end)
            if sentence:
                sentences += 1
                words += len(sentence)
                long += sum(sum(map(str.isalpha, word)) > _LONG for word in sentence)
            if len(sentence) > longest:
                longest = len(sentence)
                line = passage.line + passage.text.count("\n", 0, start)
            start = end
    lix = round(words / sentences + 100 * long / words) if words else 0
    return Reading(pivot.path, lix, words, longest, line)
