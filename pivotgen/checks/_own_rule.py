"""Own rule: runs a rule of the site's own, whose faults are problems of the site."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from pivotgen.engines.settings import SETTINGS_FILE
from pivotgen.engines.site_code import Place, definition_place, fault_place
from pivotgen.model.problem import Level, Problem
from pivotgen.model.site import Site


def run_own_rule(
    site: Site, rule: Callable[[Site], Iterable[Problem]], name: str, folder: Path
) -> list[Problem]:
    """The problems that the rule reports, or the problem of the rule itself.

    `folder` is that of the site, where the code of the rule is.
    """
    defined = definition_place(folder, rule) or (SETTINGS_FILE, 1)
    try:
        problems = list(rule(site) or ())
    # Anything can fail in the site's own program; its author is told where.
    except (Exception, SystemExit) as error:
        place = fault_place(folder, error) or defined
        return [_fault(place, f"the rule `{name}` failed: {type(error).__name__}: {error}")]
    for problem in problems:
        if not _is_problem(problem):
            message = f"the rule `{name}` reported `{problem!r}`, which is no complete Problem"
            return [_fault(defined, message)]
    return problems


def _fault(place: Place, message: str) -> Problem:
    hint = "fix the rule, or take it out of Config(checks=…)"
    return Problem(*place, 1, "own-code", " ".join(message.split()), hint)


def _is_problem(problem: object) -> bool:
    """Whether all parts of a problem have their types, so that it can be sorted and shown."""
    if not isinstance(problem, Problem) or not isinstance(problem.level, Level):
        return False
    texts = (problem.path, problem.code, problem.message, problem.hint)
    numbers = (problem.line, problem.column)
    return all(isinstance(text, str) for text in texts) and all(
        type(number) is int and number > 0 for number in numbers
    )
