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

from pivotgen.model.pivot import Body, Pivot
from pivotgen.model.problem import Level, Problem
from pivotgen.model.site import Site

# Words in a run. Shorter runs are ordinary English, longer ones miss a changed word.
_WORDS = 5
# Runs that two honest pages may share: turns of phrase nobody owns.
_MOST = 4
_WORD = re.compile(r"\w+(?:['’]\w+)*")


def check(site: Site) -> Iterator[Problem]:
    """A warning for each page that shares too many runs with an earlier one."""
    owners: dict[str, tuple[str, int]] = {}
    for slug in sorted(site.pivots):
        pivot = site.pivots[slug]
        shared: defaultdict[str, list[tuple[int, int, str]]] = defaultdict(list)
        for run, line in _runs(pivot, site.bodies[slug]):
            owner, there = owners.setdefault(run, (slug, line))
            if owner != slug:
                shared[owner].append((line, there, run))
        for owner, runs in sorted(shared.items()):
            if len(runs) > _MOST:
                line, there, run = runs[0]
                yield Problem(
                    pivot.path,
                    line,
                    1,
                    "echo",
                    f"“{run}” and {len(runs) - 1} more runs of {_WORDS} words also stand in "
                    f"{site.pivots[owner].path}:{there}",
                    "say what is true of this move only",
                    Level.WARNING,
                )


def _runs(pivot: Pivot, body: Body) -> Iterator[tuple[str, int]]:
    names = sorted((pivot.origin.text, pivot.target.text), key=len, reverse=True)
    mask = re.compile("|".join(rf"\b{re.escape(name)}s?\b" for name in names), re.I)
    for passage in body.passages:
        words: list[tuple[str, int]] = []
        for number, text in enumerate(mask.sub("role", passage.text).split("\n")):
            words += [(word.lower(), passage.line + number) for word in _WORD.findall(text)]
        for at in range(len(words) - _WORDS + 1):
            yield " ".join(word for word, _ in words[at : at + _WORDS]), words[at][1]
