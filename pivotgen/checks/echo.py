"""echo: two pages that say the same thing in the same words.

Pages are compared by runs of five words, so-called shingles (A. Broder, On the Resemblance and
Containment of Documents, 1997). The names of their own two roles are masked first, so that a page
that was copied with other roles is found as well. The first page that has a run, by path, owns it.
Each later page is compared only with the owners of its runs, so the work grows with the text and
not with the pairs of pages.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from itertools import accumulate
from zlib import crc32

from pivotgen.checks._mask_roles import mask_roles
from pivotgen.model.pivot import Pivot, Prose
from pivotgen.model.problem import Level, Problem
from pivotgen.model.site import Site

# Words in a run. Shorter runs are common in any text; longer ones break at each changed word.
_WORDS = 5
# How many runs two pages may share: some are common turns of phrase.
_MOST = 4
# Up to this many pivots, all runs are used. On a site with n times as many, only one run in n is
# used, chosen by its words (Broder's sketch), so that at most about two million runs are in memory.
# A copied page shares nearly all of its runs, so it is still found.
_ALL_RUNS = 2000
Run = tuple[str, ...]

_WORD = re.compile(r"\w+(?:['’]\w+)*")


def check_site(site: Site, today: date) -> Iterator[Problem]:
    """A warning for each page that shares too many runs with an earlier one."""
    one_in = max(1, -(-len(site.pivots) // _ALL_RUNS))
    paths = list[str]()
    # The number of the page that owns each run, and the line there.
    owners: dict[int, tuple[int, int]] = {}
    for number, (pivot, prose) in enumerate(site.with_prose()):
        paths.append(pivot.path)
        # By owner: the line on this page, the line on the owner's page, and the run.
        shared: defaultdict[int, list[tuple[int, int, Run]]] = defaultdict(list)
        for run, line in _runs(pivot, prose, one_in):
            owner, there = owners.setdefault(hash(run), (number, line))
            if owner != number:
                shared[owner].append((line, there, run))
        for owner, runs in sorted(shared.items()):
            if len(runs) > _MOST:
                line, there, run = runs[0]
                message = (
                    f"“{' '.join(run)}” and {len(runs) - 1} more runs of {_WORDS} words also stand "
                    f"in {paths[owner]}:{there}"
                )
                hint = "say what is true of this move only"
                yield Problem(pivot.path, line, 1, "echo", message, hint, Level.WARNING)


def _runs(pivot: Pivot, prose: Prose, one_in: int) -> Iterator[tuple[Run, int]]:
    """The runs of a page, each with its line; with `one_in`, only one in so many."""
    mask = mask_roles(pivot)
    for passage in prose.passages:
        words: list[str] = []
        lines: list[int] = []
        for number, text in enumerate(mask(passage.text).lower().split("\n"), passage.line):
            of_line = _WORD.findall(text)
            words += of_line
            lines += [number] * len(of_line)
        sums = list(accumulate(map(_number, words), initial=0))
        for at in range(len(words) - _WORDS + 1):
            if (sums[at + _WORDS] - sums[at]) % one_in == 0:
                yield tuple(words[at : at + _WORDS]), lines[at]


@lru_cache(65536)
def _number(word: str) -> int:
    """A number that is the same on every machine, unlike `hash`."""
    return crc32(word.encode())
