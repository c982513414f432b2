"""`status`: every content file, what state it is in, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pivotgen.checks import review, rules
from pivotgen.checks.stale_source import AGE
from pivotgen.model.config import Config
from pivotgen.model.problem import Level, Problem
from pivotgen.model.site import Site
from pivotgen.model.source import PIVOTS, ROLES
from pivotgen.model.todo import todos
from pivotgen.pipeline import Options, Report, build
from pivotgen.stages.worker_pool import worker_pool

# What needs hands first comes first.
STATES = ("broken", "todo", "draft", "stale", "unused", "published")
_STALE = "stale-source"


@dataclass(frozen=True, slots=True)
class State:
    """The state of one file, in one word of `STATES`, and the reason in a sentence."""

    path: str
    state: str
    why: str


def status(config: Config, site: Path, today: date) -> tuple[list[State], Report]:
    """The state of every file of content/, by state and path; and the site's problems.

    No states come when the settings or layouts cannot be read: then nothing is known.
    """
    known: dict[str, State] = {}
    planned: list[Site] = []

    def collect(whole: Site) -> Iterable[Problem]:
        planned.append(whole)
        known.update((one.path, one) for one in _judged(whole, site, today))
        return ()

    with worker_pool() as pool:
        report = build(config, site, None, pool, Options(drafts=True, rules=(collect,)))
        if not planned:
            return [], report
        # Links from a published page to a draft are wrong only where drafts are not shown.
        public = build(config, site, None, pool, Options())
    for path, problems in _errors([*report.problems, *public.problems]).items():
        known[path] = _broken(path, problems)
    for path in _files(site) - known.keys():
        known[path] = State(path, "unused", "nothing is made from it")
    return sorted(known.values(), key=lambda one: (STATES.index(one.state), one.path)), report


def _judged(whole: Site, site: Path, today: date) -> Iterable[State]:
    off = rules().keys() - {_STALE}
    stale = {one.path: one.message for one in review(whole, today, (), off) if one.code == _STALE}
    named: set[str] = set()
    for node in whole.nodes.values():
        if not node.draft:
            named |= {node.origin, node.target}
        yield _pivot(site, node.path, node.updated, today, stale, draft=node.draft)
    for slug, role in whole.roles.items():
        if role.text is None:
            continue
        path = role.text.path
        if role.text.draft:
            yield _draft(site, path)
        elif slug not in named:
            yield State(path, "unused", "only drafts name this role")
        else:
            yield State(path, "published", "")
    for path in whole.addresses:
        if path.removeprefix(f"{ROLES}/").removesuffix(".md") not in whole.roles:
            yield State(path, "unused", "no pivot names this role")


def _pivot(
    site: Path,
    path: str,
    updated: date | None,
    today: date,
    stale: Mapping[str, str],
    *,
    draft: bool,
) -> State:
    if draft:
        return _draft(site, path)
    if path in stale:
        return State(path, "stale", stale[path])
    if updated and today - updated > AGE:
        return State(path, "stale", f"last updated on {updated}, over 18 months ago")
    said = f"updated on {updated}" if updated else "it has no `updated`, so nobody knows how old"
    return State(path, "published", said)


def _draft(site: Path, path: str) -> State:
    text = (site / path).read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    lines = [line for line, _ in todos(text)]
    if not lines:
        return State(path, "draft", "it says `draft: true`, and no TODO is left")
    left = "1 TODO is left" if len(lines) == 1 else f"{len(lines)} TODOs are left"
    return State(path, "todo", f"{left}, the first on line {lines[0]}")


def _errors(problems: Iterable[Problem]) -> Mapping[str, list[Problem]]:
    found: defaultdict[str, list[Problem]] = defaultdict(list)
    for one in sorted(set(problems)):
        if one.level is Level.ERROR and one.path.startswith("content/"):
            found[one.path].append(one)
    return found


def _broken(path: str, problems: list[Problem]) -> State:
    first = problems[0]
    more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
    return State(path, "broken", f"line {first.line}: {first.message}{more}")


def _files(site: Path) -> set[str]:
    return {
        file.relative_to(site).as_posix()
        for folder in (PIVOTS, ROLES)
        for file in (site / folder).glob("*.md")
        if file.is_file() and not file.name.startswith(".")
    }
