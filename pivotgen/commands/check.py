"""`check`: finds the problems that a build would report and those of the rules; writes nothing."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from pivotgen.checks import EXTERNAL, Rule, run_rules
from pivotgen.checks._own_rule import run_own_rule
from pivotgen.commands._outdated_copies import outdated_copies
from pivotgen.engines.settings import SETTINGS_FILE, place_in_settings
from pivotgen.model.config import Config
from pivotgen.model.problem import Problem
from pivotgen.pipeline import Options, Report, build
from pivotgen.stages.context import Progress
from pivotgen.stages.worker_pool import worker_pool


@dataclass(frozen=True, slots=True)
class Unsaved:
    """Texts that an editor has not saved yet."""

    # By path; they are read in place of the files.
    texts: Mapping[str, bytes]
    # Folder of a ledger of their own, so that builds never see what is not saved.
    memory: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckOptions:
    """How a site is checked."""

    # Request links to other sites as well, and call this with one line that says how many.
    external: Callable[[str], None] | None = None
    # Texts that are checked in place of the files.
    unsaved: Unsaved | None = None
    progress: Progress = lambda stage, done, total: None


_PLAIN = CheckOptions()


def check(config: Config, site: Path, today: date, options: CheckOptions = _PLAIN) -> Report:
    """Find every problem of the site with its drafts, and the links that need drafts to work.

    `today` is the day that rules about dates compare with.
    """
    rules: list[tuple[str, Rule]] = []
    for rule in config.checks:
        name = _rule_name(rule)
        rules.append((name, partial(run_own_rule, rule=rule, name=name, folder=site)))
    how = Options(drafts=True, progress=options.progress)
    if options.unsaved:
        how = replace(how, memory=options.unsaved.memory, overlay=options.unsaved.texts)
    progress = partial(options.progress, "checking")
    run = partial(run_rules, today=today, off=config.rules_off, progress=progress)
    if options.external is None:
        return _check(config, site, partial(run, own=rules), how)
    # Imported only here, because nothing else needs the network.
    from pivotgen.checks._external import ExternalCheck, check_external
    from pivotgen.memory.visits import open_visits

    with open_visits(site / ".pivotgen") as visits:
        asking = partial(options.progress, "asking")
        external_check = ExternalCheck(
            config.base_url, visits, time.time(), options.external, progress=asking
        )
        rules.append((EXTERNAL, partial(check_external, check=external_check)))
        return _check(config, site, partial(run, own=rules), how)


def paths_in_site(site: Path, files: Iterable[Path]) -> tuple[str, ...]:
    """The paths of files and folders from the site's folder. ValueError when they are elsewhere."""
    paths = []
    for file in files:
        path = Path(os.path.normpath(file.absolute()))
        if not path.is_relative_to(site):
            path = path.resolve()
        if not path.is_relative_to(site):
            raise ValueError(f"{file} is not inside this site, {site}")
        paths.append(path.relative_to(site).as_posix())
    return tuple(paths)


def problems_in(problems: Sequence[Problem], paths: Sequence[str]) -> list[Problem]:
    """The problems in these files and folders of the site; without paths, all problems."""
    if not paths or "." in paths:
        return list(problems)
    return [
        problem
        for problem in problems
        if any(problem.path == path or problem.path.startswith(f"{path}/") for path in paths)
    ]


def _check(config: Config, site: Path, rule: Rule, options: Options) -> Report:
    with worker_pool() as pool:
        report = build(config, site, None, pool, replace(options, rules=(rule,)))
    problems = [_at_name_in_settings(problem, site) for problem in report.problems]
    report.problems = sorted([*problems, *(copy.problem for copy in outdated_copies(site))])
    return report


def _at_name_in_settings(problem: Problem, site: Path) -> Problem:
    """The problem; one about an unknown rule of build.py at the line that names the rule."""
    if (problem.path, problem.code) != (SETTINGS_FILE, "unknown-rule"):
        return problem
    line, column = place_in_settings(site, problem.message.split("`")[1])
    return replace(problem, line=line, column=column)


def _rule_name(rule: Rule) -> str:
    """The name of a site's own rule: the name of its function, with hyphens."""
    return getattr(rule, "__name__", type(rule).__name__).replace("_", "-")
