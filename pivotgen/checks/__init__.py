"""Checks: the rules of quality, one per file.

A rule is a module of this folder whose name has no underscore in front; pivotgen finds it by its
file. The name of the rule is the name of the file, with hyphens for underscores, and it is the
code of every problem that the rule reports. A rule has one or more of these functions:

- `check_pivot(pivot, prose, today)` looks at one pivot.
- `check_page(page, today)` looks at one page of the site's own.
- `check_text(text, today)` looks at one text that is no pivot: a role's file, or an own page.
- `check_site(site, today)` compares pages, or looks at the whole graph.

All functions but the last kind share one walk over the site, because texts may have to be
read from disk. Rules warn and never stop a build. They must keep only little of each page, so that
a large site fits into memory. A site adds rules with `Config(checks=...)` and leaves rules out
with `Config(rules_off=...)`.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import ModuleType

from pivotgen.checks._silences import RuleNames, apply_silences
from pivotgen.model.pivot import Notes, Prose, Silence
from pivotgen.model.problem import Level, Problem
from pivotgen.model.site import Site
from pivotgen.model.todo import todos

# A rule that a site adds.
Rule = Callable[[Site], Iterable[Problem]]

# Rules that need more than the site: the network or the settings. They are not in the list of
# rules, and run only where they are among `own`.
EXTERNAL, OWN_CALL = "external-link", "own-call"
_BROUGHT = frozenset({EXTERNAL, OWN_CALL})


def rules() -> dict[str, ModuleType]:
    """Every rule of this folder, by name."""
    modules = (module.name for module in pkgutil.iter_modules(__path__))
    return {
        name.replace("_", "-"): importlib.import_module(f"{__name__}.{name}")
        for name in sorted(modules)
        if not name.startswith("_")
    }


def _no_progress(done: int, total: int) -> None:
    """Tell nobody."""


def run_rules(
    site: Site,
    today: date,
    own: Sequence[tuple[str, Rule]],
    off: Iterable[str] = (),
    progress: Callable[[int, int], None] = _no_progress,
) -> Iterator[Problem]:
    """Every problem that the rules report and no file silences, and the problems with silences.

    `own` are further rules, each with its name. `off` names the rules that do not run on this
    site. `progress` is called with how many pivots were looked at, of how many. A draft that still
    says TODO gets no warnings, because its text is not yet what its author wants to say.
    """
    modules = rules()
    known = frozenset({*modules, *(name for name, _ in own), *_BROUGHT})
    not_asked = _BROUGHT - {name for name, _ in own}
    names = RuleNames(known=known, ran=known - set(off) - not_asked, off=tuple(off))
    running = {name: module for name, module in modules.items() if name in names.ran}
    results = _Results()
    for done in _check_files(site, today, running, results):
        progress(done, len(site.pivots))
    for name, module in running.items():
        if check_site := getattr(module, "check_site", None):
            results.add(name, check_site(site, today))
    for name, rule in own:
        if name in names.ran:
            results.add(name, rule(site))
    for problem in apply_silences(results.problems, results.silences, today, names):
        if problem.path not in results.unfinished or problem.level is Level.ERROR:
            yield problem


@dataclass(slots=True)
class _Results:
    """What the rules report, and what the walk over all files collects on the way."""

    # Each problem with the name of its rule.
    problems: list[tuple[str, Problem]] = field(default_factory=list)
    # The silences of each file, by its path.
    silences: dict[str, tuple[Silence, ...]] = field(default_factory=dict)
    # The paths of drafts that still say TODO.
    unfinished: set[str] = field(default_factory=set)

    def add(self, rule: str, problems: Iterable[Problem]) -> None:
        self.problems += ((rule, problem) for problem in problems)

    def note_silences(self, path: str, notes: Notes) -> None:
        if notes.silences:
            self.silences[path] = notes.silences


def _check_files(
    site: Site, today: date, modules: Mapping[str, ModuleType], results: _Results
) -> Iterator[int]:
    """Run the rules that look at one file. Yields how many pivots are done."""
    of_pivot = _functions(modules, "check_pivot")
    for done, (pivot, prose) in enumerate(site.with_prose(), 1):
        results.note_silences(pivot.path, prose.notes)
        if pivot.draft and _says_todo(prose):
            results.unfinished.add(pivot.path)
        for name, check_pivot in of_pivot:
            results.add(name, check_pivot(pivot, prose, today))
        yield done
    of_text = _functions(modules, "check_text")
    for text in site.texts():
        results.note_silences(text.path, text.notes)
        for name, check_text in of_text:
            results.add(name, check_text(text, today))
    for voice in site.voices.values():
        for source, other in voice.translated.items():
            results.note_silences(voice.translations[source].path, other.notes)
    for name, check_page in _functions(modules, "check_page"):
        for page in site.pages.values():
            results.add(name, check_page(page, today))


def _functions(
    modules: Mapping[str, ModuleType], function: str
) -> list[tuple[str, Callable[..., Iterable[Problem]]]]:
    return [
        (name, getattr(module, function))
        for name, module in modules.items()
        if hasattr(module, function)
    ]


def _says_todo(prose: Prose) -> bool:
    passages = (passage.text for passage in prose.passages)
    questions = (faq.question for faq in prose.faqs)
    texts = (prose.title, prose.description, *passages, *questions)
    return any(True for text in texts for _ in todos(text))
