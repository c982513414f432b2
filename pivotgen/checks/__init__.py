"""Checks: rules of quality, one per file.

A rule is a module of this folder, found by being there; its file's name is its name, with hyphens
for underscores, and the code of everything it reports. It has one or more of

- `check_pivot(pivot, prose, today)`: looks at one pivot alone;
- `check_role(text, today)`: looks at one role's file alone;
- `check_site(site, today)`: compares pages, or looks at the graph.

Those that look at one file share a single walk over the site, because bodies may be read from
disk. Rules keep only small things, warn, and never stop a build. A site adds its own with
`Config(checks=...)` and leaves some out with `Config(rules_off=...)`. Modules that start with an
underscore are not rules.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from types import ModuleType

from pivotgen.checks._silence import quieten
from pivotgen.model.pivot import Prose, Silence
from pivotgen.model.problem import Level, Problem
from pivotgen.model.site import Site
from pivotgen.model.todo import todos

Rule = Callable[[Site], Iterable[Problem]]

# What `check --external` reports; it asks the network, so it is not among the rules.
EXTERNAL = "external-link"


def rules() -> dict[str, ModuleType]:
    """Every rule of this folder, by name."""
    found = sorted(one.name for one in pkgutil.iter_modules(__path__) if one.name[0] != "_")
    return {name.replace("_", "-"): importlib.import_module(f"{__name__}.{name}") for name in found}


def review(
    site: Site, today: date, own: Sequence[tuple[str, Rule]], off: Iterable[str] = ()
) -> Iterator[Problem]:
    """Everything that the rules report, without what files silence; and silences gone wrong.

    `own` are further rules with their names: the site's, and those the command adds. `off` names
    rules that the whole site does without. A draft that still says TODO is not warned of: what is
    there is not yet what its author means to say.
    """
    known = {*(every := rules()), *(name for name, _ in own), EXTERNAL}
    ran = known - set(off) - ({EXTERNAL} - {name for name, _ in own})
    found: list[tuple[str, Problem]] = []
    silences: dict[str, tuple[Silence, ...]] = {}
    used = {name: module for name, module in every.items() if name in ran}
    unfinished: set[str] = set()
    found += _by_file(site, today, used, silences, unfinished)
    for name, module in used.items():
        if whole := getattr(module, "check_site", None):
            found += ((name, one) for one in whole(site, today))
    for name, rule in own:
        if name in ran:
            found += ((name, one) for one in rule(site))
    for problem in quieten(found, silences, today, known, ran, off):
        if problem.path not in unfinished or problem.level is Level.ERROR:
            yield problem


def _by_file(
    site: Site,
    today: date,
    used: Mapping[str, ModuleType],
    silences: dict[str, tuple[Silence, ...]],
    unfinished: set[str],
) -> Iterator[tuple[str, Problem]]:
    """What rules say of single files; notes on the way which silence something, or say TODO."""
    of_pivot = [
        (name, one.check_pivot) for name, one in used.items() if hasattr(one, "check_pivot")
    ]
    for slug, pivot in site.pivots.items():
        prose = site.prose[slug]
        if prose.notes.silences:
            silences[pivot.path] = prose.notes.silences
        if pivot.draft and _says_todo(prose):
            unfinished.add(pivot.path)
        for name, check in of_pivot:
            for problem in check(pivot, prose, today):
                yield name, problem
    of_role = [(name, one.check_role) for name, one in used.items() if hasattr(one, "check_role")]
    for role in site.roles.values():
        if role.text is None:
            continue
        if role.text.notes.silences:
            silences[role.text.path] = role.text.notes.silences
        for name, check in of_role:
            for problem in check(role.text, today):
                yield name, problem


def _says_todo(prose: Prose) -> bool:
    shown = (one.text for one in prose.passages)
    asked = (one.question for one in prose.faqs)
    texts = (prose.title, prose.description, *shown, *asked)
    return any(True for text in texts for _ in todos(text))
