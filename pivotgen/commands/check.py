"""`check`: finds the problems that a build would report and those of the rules; writes nothing."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from pivotgen.checks import EXTERNAL, Rule, run_rules
from pivotgen.commands._outdated_copies import outdated_copies
from pivotgen.engines.settings import SETTINGS_FILE, place_in_settings
from pivotgen.model.config import Config
from pivotgen.model.problem import Problem
from pivotgen.pipeline import Options, Report, build
from pivotgen.stages.worker_pool import worker_pool


@dataclass(frozen=True, slots=True)
class Unsaved:
    """Texts that an editor has not saved yet."""

    # By path; they are read in place of the files.
    texts: Mapping[str, bytes]
    # Folder of a ledger of their own, so that builds never see what is not saved.
    memory: Path


def check(
    config: Config,
    site: Path,
    today: date,
    *,
    external: Callable[[str], None] | None = None,
    unsaved: Unsaved | None = None,
) -> Report:
    """Find every problem of the site with its drafts, and the links that need drafts to work.

    `today` is the day that rules about dates compare with. With `external`, links to other sites
    are requested as well; it is called with one line that says how many. `unsaved` texts are
    checked in place of the files.
    """
    rules: list[tuple[str, Rule]] = [(_rule_name(rule), rule) for rule in config.checks]
    options = Options(drafts=True)
    if unsaved:
        options = replace(options, memory=unsaved.memory, overlay=unsaved.texts)
    run = partial(run_rules, today=today, off=config.rules_off)
    if external is None:
        return _check(config, site, partial(run, own=rules), options)
    # Imported only here, because nothing else needs the network.
    from pivotgen.checks._external import ExternalCheck, check_external
    from pivotgen.memory.visits import open_visits

    with open_visits(site / ".pivotgen") as visits:
        external_check = ExternalCheck(config.base_url, visits, time.time(), external)
        rules.append((EXTERNAL, partial(check_external, check=external_check)))
        return _check(config, site, partial(run, own=rules), options)


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
