"""`status`: says the state of every content file, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial
from pathlib import Path

from pivotgen.checks import rules, run_rules
from pivotgen.checks.stale_source import AGE
from pivotgen.commands._graph import with_graph
from pivotgen.disk.places import Places
from pivotgen.model.config import Config
from pivotgen.model.content import FOLDERS
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.problem import Level, Problem
from pivotgen.model.role import RoleText
from pivotgen.model.site import Node, Site
from pivotgen.model.source import ROLES, is_translation
from pivotgen.model.todo import todos
from pivotgen.pipeline import Options, Report, build
from pivotgen.stages.read.find_changes import source_files
from pivotgen.stages.worker_pool import worker_pool

# In the order of a report: what needs work comes first.
STATES = ("broken", "todo", "draft", "stale", "unused", "published")
_STALE_SOURCE = "stale-source"


@dataclass(frozen=True, slots=True)
class State:
    """The state of one file: one of `STATES`, and the reason in a sentence."""

    path: str
    state: str
    why: str
    # Whether it is a published pivot that no feed has, because it says no day.
    is_in_no_feed: bool = False


def status(config: Config, site: Path, today: date) -> tuple[list[State], Report]:
    """The state of every file of content/, by state and path; and the site's problems.

    There are no states when settings or layouts cannot be read. `today` is the day on which
    texts and sources may be too old.
    """
    of_graph, report = with_graph(config, site, partial(_states, site=site, today=today))
    if of_graph is None:
        return [], report
    states = {state.path: state for state in of_graph}
    # A link from a published page to a draft is an error only in a build without drafts.
    with worker_pool() as pool:
        published = build(config, site, None, pool, Options())
    for path, problems in _errors([*report.problems, *published.problems]).items():
        states[path] = _broken(path, problems)
    for path in _files(Places(site, config.outside)) - states.keys():
        states[path] = State(path, "unused", "nothing is made from it")
    order = sorted(states.values(), key=lambda state: (STATES.index(state.state), state.path))
    return order, report


def _states(graph: Site, site: Path, today: date) -> list[State]:
    """The states of all files that the graph knows; `site` is the folder of the site."""
    others = rules().keys() - {_STALE_SOURCE}
    stale_sources = {
        problem.path: problem.message
        for problem in run_rules(graph, today, own=(), off=others)
        if problem.code == _STALE_SOURCE
    }
    states: list[State] = []
    # Roles of published pivots.
    named: set[str] = set()
    for node in graph.nodes.values():
        if node.draft:
            states.append(_draft(site, node.path))
        else:
            named |= {node.origin, node.target}
            recorded = graph.recorded.get(node.path)
            day = recorded.day if recorded and recorded.fits else None
            states.append(_published(node, today, stale_sources, day))
    for slug, role in graph.roles.items():
        if role.text is not None:
            states.append(_described_role(site, role.text, is_named=slug in named))
    for page in graph.pages.values():
        why = f"updated on {page.updated}" if page.updated else ""
        published = State(page.path, "published", why)
        states.append(_draft(site, page.path) if page.draft else published)
    for path in graph.addresses.keys() - graph.pages.keys():
        if path.removeprefix(f"{ROLES}/").removesuffix(".md") not in graph.roles:
            states.append(State(path, "unused", "no pivot names this role"))
    return states


def _published(
    node: Node, today: date, stale_sources: Mapping[str, str], recorded: date | None
) -> State:
    """The state of a pivot that is not a draft; `recorded` is its day in pivots.lock."""
    path = node.path
    if recorded and (node.updated or (node.published and recorded <= node.published)):
        recorded = None
    day = recorded or node.changed
    what = "changed" if recorded else "updated" if node.updated else "published"
    last = "last " if what != "published" else ""
    if path in stale_sources:
        return State(path, "stale", stale_sources[path], not day)
    if day and today - day > AGE:
        return State(path, "stale", f"{last}{what} on {day}, over 18 months ago")
    why = f"{what} on {day}" if day else "it has no `published` or `updated`, so it is in no feed"
    return State(path, "published", why, not day)


def _described_role(site: Path, text: RoleText, *, is_named: bool) -> State:
    """The state of the file of a role that a pivot or a draft names."""
    if text.draft:
        return _draft(site, text.path)
    if not is_named:
        return State(text.path, "unused", "only drafts name this role")
    return State(text.path, "published", "")


def _draft(site: Path, path: str) -> State:
    text = (site / path).read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    lines = [line for line, _ in todos(text)]
    if not lines:
        return State(path, "draft", "it says `draft: true`, and no TODO is left")
    left = "1 TODO is left" if len(lines) == 1 else f"{len(lines)} TODOs are left"
    return State(path, "todo", f"{left}, the first on line {lines[0]}")


def _errors(problems: Iterable[Problem]) -> Mapping[str, list[Problem]]:
    """The errors of content files, by path."""
    errors: defaultdict[str, list[Problem]] = defaultdict(list)
    for problem in sorted(set(problems)):
        if problem.level is Level.ERROR and problem.path.startswith("content/"):
            errors[problem.path].append(problem)
    return errors


def _broken(path: str, problems: list[Problem]) -> State:
    first = problems[0]
    more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
    return State(path, "broken", f"line {first.line}: {first.message}{more}")


def _files(places: Places) -> set[str]:
    paths = (path for folder in FOLDERS for path in source_files(places, folder, ".md"))
    # How translations stand is said for one language at a time.
    return {path for path in paths if not is_translation(path)}
