"""echo: two pages that say the same thing in the same words.

Pages are compared by shingles, runs of five words (Broder 1997), after the names of their own two
roles are masked, so a page that was copied with the roles swapped is found as well. A shingle
belongs to the first page that has it, by path; each later page is compared with the owners of its
shingles, so the work grows with the text and not with pairs of pages.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from itertools import accumulate
from zlib import crc32

from pivotgen.checks._mask import mask
from pivotgen.model.pivot import Pivot, Prose
from pivotgen.model.problem import Level, Problem
from pivotgen.model.site import Site

# Words in a run. Shorter runs are ordinary English, longer ones miss a changed word.
_WORDS = 5
# Runs that two honest pages may share: turns of phrase nobody owns.
_MOST = 4
# Sites with more pivots than this keep only one run in so many, chosen by the run itself
# (Broder's sketch), so that some two million runs are held at most. A copied page shares nearly
# all of its runs, so it is still found.
_ALL_RUNS = 2000
Run = tuple[str, ...]

_WORD = re.compile(r"\w+(?:['’]\w+)*")


def check_site(site: Site, today: date) -> Iterator[Problem]:
    """A warning for each page that shares too many runs with an earlier one."""
    one_in = max(1, -(-len(site.pivots) // _ALL_RUNS))
    slugs = list(site.pivots)
    owners: dict[int, tuple[int, int]] = {}
    for number, slug in enumerate(slugs):
        pivot = site.pivots[slug]
        shared: defaultdict[int, list[tuple[int, int, Run]]] = defaultdict(list)
        for run, line in _runs(pivot, site.prose[slug], one_in):
            owner, there = owners.setdefault(hash(run), (number, line))
            if owner != number:
                shared[owner].append((line, there, run))
        for owner, runs in sorted(shared.items()):
            if len(runs) > _MOST:
                line, there, run = runs[0]
                shown = " ".join(run)
                yield Problem(
                    pivot.path,
                    line,
                    1,
                    "echo",
                    f"“{shown}” and {len(runs) - 1} more runs of {_WORDS} words also stand in "
                    f"{site.pivots[slugs[owner]].path}:{there}",
                    "say what is true of this move only",
                    Level.WARNING,
                )


def _runs(pivot: Pivot, prose: Prose, one_in: int) -> Iterator[tuple[Run, int]]:
    masked = mask(pivot)
    for passage in prose.passages:
        words: list[str] = []
        lines: list[int] = []
        for number, text in enumerate(masked(passage.text).lower().split("\n"), passage.line):
            found = _WORD.findall(text)
            words += found
            lines += [number] * len(found)
        sums = list(accumulate(map(_number, words), initial=0))
        for at in range(len(words) - _WORDS + 1):
            if (sums[at + _WORDS] - sums[at]) % one_in == 0:
                yield tuple(words[at : at + _WORDS]), lines[at]


@lru_cache(65536)
def _number(word: str) -> int:
    """A number that is the same on every machine, unlike `hash`."""
    return crc32(word.encode())
