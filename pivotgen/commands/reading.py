"""`reading`: how hard each pivot is to read. A report, not a rule: some subjects need long words.

The measure is LIX (C.-H. Björnsson, Läsbarhet, Stockholm 1968): words per sentence, plus the
percentage of words of more than six letters. It needs no dictionary and holds for many languages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pivotgen.model.config import Config
from pivotgen.model.pivot import Pivot, Prose
from pivotgen.model.problem import Problem
from pivotgen.model.site import Site
from pivotgen.pipeline import Options, Report, build
from pivotgen.stages.worker_pool import worker_pool

_LONG = 6
_WORD = re.compile(r"\w+(?:['’]\w+)*")
# Björnsson ends a sentence at a full stop, a colon, a question or an exclamation mark.
_END = re.compile(r"(?<=[.:?!…])[\"'”’)]*\s+")
# His scale names 20, 30, 40, 50 and 60; each name reaches halfway to the next.
_SCALE = ((25, "very easy"), (35, "easy"), (45, "middling"), (55, "hard"))


@dataclass(frozen=True, slots=True)
class Reading:
    """How hard one pivot is to read, and where its longest sentence starts."""

    path: str
    lix: int
    words: int
    longest: int
    line: int

    @property
    def grade(self) -> str:
        """The number in words."""
        return next((name for limit, name in _SCALE if self.lix < limit), "very hard")


def reading(config: Config, site: Path) -> tuple[list[Reading], Report]:
    """Every pivot's reading, drafts included, the hardest first; and the site's problems."""
    found: list[Reading] = []

    def measure(whole: Site) -> Iterable[Problem]:
        found.extend(_read(pivot, whole.prose[slug]) for slug, pivot in whole.pivots.items())
        return ()

    with worker_pool() as pool:
        report = build(config, site, None, pool, Options(drafts=True, rules=(measure,)))
    return sorted(found, key=lambda one: (-one.lix, one.path)), report


def _read(pivot: Pivot, prose: Prose) -> Reading:
    words = long = sentences = longest = line = 0
    for passage in prose.passages:
        # A heading is not a sentence; counting it would make every page look easier.
        if passage.line in prose.notes.headings:
            continue
        start = 0
        for end in [*(one.end() for one in _END.finditer(passage.text)), len(passage.text)]:
            found = _WORD.findall(passage.text, start, end)
            if found:
                sentences += 1
                words += len(found)
                long += sum(sum(map(str.isalpha, word)) > _LONG for word in found)
            if len(found) > longest:
                longest = len(found)
                line = passage.line + passage.text.count("\n", 0, start)
            start = end
    lix = round(words / sentences + 100 * long / words) if words else 0
    return Reading(pivot.path, lix, words, longest, line)
