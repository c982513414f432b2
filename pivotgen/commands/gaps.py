"""`gaps`: the pivots that are not written yet and would help readers most.

Every pair of roles without a pivot has a score, a product of three numbers, because a pivot that
lacks one of them helps little whatever the others say:

- how common the two roles are: the geometric mean of the pivots that name each, which stands for
  how many readers could take the move;
- what the pivot would change. A move of d pivots is worth 1/d to a reader, and none at all 0,
  which is the efficiency of a network (Latora and Marchiori, Physical Review Letters 87, 198701,
  2001); so a direct pivot adds 1 - 1/d, or 1 where there was no way. It adds 1 more for each end
  that is closed (no way out of `origin`, or none into `target`), and a half where there was one
  way into `target` alone: where that page does not fit, the reader is lost as well;
- how far the page could tell the truth: s/(s + 2), where s is the number of skills that carry over
  by what the site already says, and a tenth where nothing is known, so that the move stays
  possible. The first skills say most; a tenth one adds nearly nothing.

What one pivot mends is counted once: after the best way out of a dead end, the others are scored
without that; and a role counts for half after one gap further up has it, for a third after two,
so that one common role does not fill the list. Distances stay those of today. Only the most common
roles are compared, because pairs grow with the square.
"""

from __future__ import annotations

import heapq
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

from pivotgen.model.config import Config
from pivotgen.model.problem import Problem
from pivotgen.model.site import Site
from pivotgen.pipeline import Options, Report, build
from pivotgen.stages.link.shared_skills import SharedSkills
from pivotgen.stages.worker_pool import worker_pool

# Roles that are compared, the most common first: some 60,000 pairs.
_ROLES = 250
# What is known of a move when no skill is.
_UNKNOWN = 0.1
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Gap:
    """A pivot that is missing: the names of its roles, its score, and why it would help."""

    origin: str
    target: str
    score: float
    reasons: tuple[str, ...]


def gaps(config: Config, site: Path, limit: int) -> tuple[list[Gap], Report]:
    """The `limit` pivots that are missed most, drafts counted as written; the site's problems."""
    found: list[Gap] = []

    def collect(whole: Site) -> Iterable[Problem]:
        found.extend(_ranked(whole, limit))
        return ()

    with worker_pool() as pool:
        report = build(config, site, None, pool, Options(drafts=True, rules=(collect,)))
    return found, report


def _ranked(site: Site, limit: int) -> Iterator[Gap]:
    graph = _Graph(site)
    # What a pivot opens can only become less, so the best is known as soon as its score holds.
    waiting = [(-graph.score(*pair), *pair) for pair in graph.pairs()]
    heapq.heapify(waiting)
    while waiting and limit > 0:
        before, origin, target = heapq.heappop(waiting)
        now = -graph.score(origin, target)
        if now > before:
            heapq.heappush(waiting, (now, origin, target))
            continue
        names = site.roles[origin].name, site.roles[target].name
        yield Gap(*names, round(-now, 3), tuple(graph.reasons(origin, target)))
        graph.opened(origin, target)
        limit -= 1


class _Graph:
    """Roles as places and pivots as ways between them."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.bridges = SharedSkills(site)
        self.to = {
            role: sorted({site.nodes[slug].target for slug in slugs})
            for role, slugs in site.out.items()
        }
        self.pages = {
            role: len(site.out.get(role, ())) + len(site.into.get(role, ())) for role in site.roles
        }
        common = sorted(site.roles, key=lambda role: (-self.pages[role], role))
        self.common = sorted(common[:_ROLES])
        self.before = {role: self._reached(role) for role in self.common}
        # Ends that a gap further up the list already opens.
        self.left: Counter[str] = Counter()
        self.entered: Counter[str] = Counter()
        self._fits: dict[tuple[str, str], float] = {}

    def pairs(self) -> Iterator[tuple[str, str]]:
        for origin in self.common:
            written = {origin, *self.to.get(origin, ())}
            yield from ((origin, target) for target in self.common if target not in written)

    def score(self, origin: str, target: str) -> float:
        common = sqrt(self._pages(origin) * self._pages(target))
        opens = float(self._is_dead_end(origin))
        opens += {0: 1.0, 1: 0.5}.get(self._ways_into(target), 0.0)
        steps = len(self._way(origin, target))
        gain = 1 - 1 / steps if steps else 1.0
        return common * (gain + opens) * self._fit(origin, target)

    def reasons(self, origin: str, target: str) -> Iterator[str]:
        names = {role: self.site.roles[role].name for role in (origin, target)}
        closed = self._is_dead_end(origin) or self._ways_into(target) == 0
        if self._is_dead_end(origin):
            led = _pivots(len(self.site.into[origin]))
            yield f"{names[origin]} is a dead end: {led} to it and none leaves it"
        if self._ways_into(target) == 0:
            yield f"no pivot leads to {names[target]} yet"
        elif self._ways_into(target) == 1:
            [only] = self.site.into[target]
            other = self.site.roles[self.site.nodes[only].origin].name
            yield f"the only way to {names[target]} is from {other}"
        if way := self._way(origin, target):
            through = ", then ".join(self.site.roles[role].name for role in way[:-1])
            yield f"today it takes {len(way)} moves, through {through}"
        elif not closed:
            yield "no chain of pivots leads from one to the other"
        if skills := self.bridges.between(origin, target):
            shown = ", ".join(self.site.skills[one].name for one in skills[:_NAMED])
            more = f" and {len(skills) - _NAMED} more" if len(skills) > _NAMED else ""
            yield f"skills carry over: {shown}{more}"

    def opened(self, origin: str, target: str) -> None:
        self.left[origin] += 1
        self.entered[target] += 1

    def _pages(self, role: str) -> float:
        return self.pages[role] / (1 + self.left[role] + self.entered[role])

    def _is_dead_end(self, role: str) -> bool:
        return role not in self.to and role not in self.left

    def _ways_into(self, role: str) -> int:
        """How many pivots lead to it, as far as gaps further up leave that to mend."""
        return 2 if role in self.entered else len(self.site.into.get(role, ()))

    def _fit(self, origin: str, target: str) -> float:
        if (origin, target) not in self._fits:
            shared = len(self.bridges.between(origin, target))
            self._fits[origin, target] = shared / (shared + 2) if shared else _UNKNOWN
        return self._fits[origin, target]

    def _reached(self, start: str) -> Mapping[str, str]:
        """The role before each one that can be reached from `start`, on a shortest way."""
        before, waiting = {start: ""}, deque([start])
        while waiting:
            role = waiting.popleft()
            for other in self.to.get(role, ()):
                if other not in before:
                    before[other] = role
                    waiting.append(other)
        return before

    def _way(self, origin: str, target: str) -> list[str]:
        """The roles of a shortest way, `target` last; none where there is no way."""
        before = self.before[origin]
        way = [target] if target in before else []
        while way and before[way[0]] != origin:
            way.insert(0, before[way[0]])
        return way


def _pivots(number: int) -> str:
    return "1 pivot leads" if number == 1 else f"{number} pivots lead"
