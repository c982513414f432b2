"""`gaps`: finds the pivots that are not written yet and would help readers most.

Each pair of roles without a pivot gets a score. It is a product of three numbers, because a pivot
that is low in one of them helps little even if it is high in the others:

- **How common the roles are:** the geometric mean of the numbers of pivots that name each role. It
  stands for the number of readers who could make this move.
- **What the pivot would change.** A move that takes a chain of d pivots today has the value 1/d,
  and a move that is impossible today has the value 0; this is the efficiency of a network (Latora
  and Marchiori, Physical Review Letters 87, 198701, 2001). A direct pivot has the value 1, so it
  adds 1 - 1/d, or 1. It adds 1 more if no pivot leaves `origin`, 1 more if none leads to `target`,
  and a half if only one leads to `target`, because a reader whom that page does not fit is lost.
- **How much could be said truthfully:** s/(s + 2), where s is the number of skills that the two
  roles share. The first skills count most, and the tenth adds almost nothing. It is a tenth where
  the roles share no skill, so that the move stays possible.

The best pivot is taken first, and then the others are scored as if it were written: a dead end
that it opens counts no more, and the numbers of pivots of its two roles are divided by 2, then by
3 and so on, so that one common role does not fill the list. Lengths of chains are not computed
again. Only the most common roles are compared, because the number of pairs grows with the square.
"""

from __future__ import annotations

import heapq
from collections import Counter, deque
from collections.abc import Iterator, Mapping
from math import sqrt
from pathlib import Path

from pivotgen.commands._graph import with_graph
from pivotgen.commands._passed_pairs import passed_pairs
from pivotgen.model.config import Config
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.site import Site
from pivotgen.pipeline import Report
from pivotgen.stages.link.shared_skills import SharedSkills

# How many roles are compared, the most common first. This makes about 60,000 pairs.
_ROLES = 250
# The third number of the score for roles that share no skill.
_NO_SHARED_SKILL = 0.1
# How many shared skills a reason names.
_NAMED_SKILLS = 3


@dataclass(frozen=True, slots=True)
class Gap:
    """A missing pivot: the names of its roles, its score, and why it would help."""

    origin: str
    target: str
    score: float
    reasons: tuple[str, ...]


def gaps(config: Config, site: Path, limit: int) -> tuple[list[Gap], Report]:
    """The `limit` missing pivots with the highest scores, best first; and the site's problems.

    Drafts count as written.
    """
    ranked, report = with_graph(config, site, lambda graph: list(rank_gaps(graph, limit)))
    return ranked or [], report


def rank_gaps(site: Site, limit: int) -> Iterator[Gap]:
    """The `limit` missing pivots of a graph with the highest scores, best first."""
    graph = _RoleGraph(site)
    # A score never grows when another pivot is taken. So a pair whose score is still the same is
    # the best one, and most pairs are scored only once (Minoux's accelerated greedy algorithm,
    # 1978).
    waiting = [(-graph.score(*pair), *pair) for pair in graph.missing_pairs()]
    heapq.heapify(waiting)
    while waiting and limit > 0:
        before, origin, target = heapq.heappop(waiting)
        now = -graph.score(origin, target)
        if now > before:
            heapq.heappush(waiting, (now, origin, target))
            continue
        names = site.roles[origin].name, site.roles[target].name
        yield Gap(*names, round(-now, 3), tuple(graph.reasons(origin, target)))
        graph.take(origin, target)
        limit -= 1


class _RoleGraph:
    """The roles of a site as nodes and its pivots as edges, with the gaps that are taken."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.shared_skills = SharedSkills(site)
        # The roles that pivots from each role lead to.
        self.to = {
            role: sorted({site.nodes[slug].target for slug in slugs})
            for role, slugs in site.out.items()
        }
        # How many pivots name each role.
        self.pivots = {
            role: len(site.out.get(role, ())) + len(site.into.get(role, ())) for role in site.roles
        }
        common = sorted(site.roles, key=lambda role: (-self.pivots[role], role))
        self.common = sorted(common[:_ROLES])
        # How many routes pass each pair of roles that are two moves apart.
        self.passed = passed_pairs(site, self.common)
        self.previous = {role: self._shortest_paths(role) for role in self.common}
        # How many taken gaps start from each role, and how many lead to it.
        self.taken_from: Counter[str] = Counter()
        self.taken_to: Counter[str] = Counter()
        self._share: dict[tuple[str, str], float] = {}

    def missing_pairs(self) -> Iterator[tuple[str, str]]:
        for origin in self.common:
            written = {origin, *self.to.get(origin, ())}
            yield from ((origin, target) for target in self.common if target not in written)

    def score(self, origin: str, target: str) -> float:
        common = sqrt(self._weight(origin) * self._weight(target))
        opens = float(self._is_dead_end(origin))
        opens += {0: 1.0, 1: 0.5}.get(self._pivots_into(target), 0.0)
        steps = len(self._path(origin, target))
        gain = 1 - 1 / steps if steps else 1.0
        return common * (gain + opens) * self._shared_part(origin, target)

    def reasons(self, origin: str, target: str) -> Iterator[str]:
        names = {role: self.site.roles[role].name for role in (origin, target)}
        is_cut_off = self._is_dead_end(origin) or self._pivots_into(target) == 0
        if self._is_dead_end(origin):
            lead = _pivots_lead(len(self.site.into[origin]))
            yield f"{names[origin]} is a dead end: {lead} to it and none leaves it"
        if self._pivots_into(target) == 0:
            yield f"no pivot leads to {names[target]} yet"
        elif self._pivots_into(target) == 1:
            [only] = self.site.into[target]
            other = self.site.roles[self.site.nodes[only].origin].name
            yield f"the only way to {names[target]} is from {other}"
        if path := self._path(origin, target):
            through = ", then ".join(self.site.roles[role].name for role in path[:-1])
            yield f"today it takes {len(path)} moves, through {through}"
            if (passed := self.passed.get((origin, target), 0)) > 1:
                yield f"the best ways between {passed} pairs of roles would be a move shorter"
        elif not is_cut_off:
            yield "no chain of pivots leads from one to the other"
        if skills := self.shared_skills.between(origin, target):
            shown = ", ".join(self.site.skills[skill].name for skill in skills[:_NAMED_SKILLS])
            rest = len(skills) - _NAMED_SKILLS
            yield f"skills carry over: {shown}{f' and {rest} more' if rest > 0 else ''}"

    def take(self, origin: str, target: str) -> None:
        """Score the other gaps from now on as if this pivot were written."""
        self.taken_from[origin] += 1
        self.taken_to[target] += 1

    def _weight(self, role: str) -> float:
        return self.pivots[role] / (1 + self.taken_from[role] + self.taken_to[role])

    def _is_dead_end(self, role: str) -> bool:
        return role not in self.to and role not in self.taken_from

    def _pivots_into(self, role: str) -> int:
        """How many pivots lead to a role; 2, which is enough, once a gap that does is taken."""
        return 2 if role in self.taken_to else len(self.site.into.get(role, ()))

    def _shared_part(self, origin: str, target: str) -> float:
        """The third number of the score."""
        if (origin, target) not in self._share:
            shared = len(self.shared_skills.between(origin, target))
            self._share[origin, target] = shared / (shared + 2) if shared else _NO_SHARED_SKILL
        return self._share[origin, target]

    def _shortest_paths(self, start: str) -> Mapping[str, str]:
        """The previous role on a shortest path from `start`, for each role it leads to."""
        previous, waiting = {start: ""}, deque([start])
        while waiting:
            role = waiting.popleft()
            for other in self.to.get(role, ()):
                if other not in previous:
                    previous[other] = role
                    waiting.append(other)
        return previous

    def _path(self, origin: str, target: str) -> list[str]:
        """The roles of a shortest path after `origin`; empty where there is no path."""
        previous = self.previous[origin]
        path = [target] if target in previous else []
        while path and previous[path[0]] != origin:
            path.insert(0, previous[path[0]])
        return path


def _pivots_lead(number: int) -> str:
    return "1 pivot leads" if number == 1 else f"{number} pivots lead"
