"""`check`: everything a build would complain about and every rule, and nothing written."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from pivotgen.checks import EXTERNAL, Rule, review
from pivotgen.engines.settings import FILE
from pivotgen.model.config import Config
from pivotgen.model.problem import Problem
from pivotgen.pipeline import Options, Report, build
from pivotgen.stages.worker_pool import worker_pool


def check(
    config: Config,
    site: Path,
    today: date,
    *,
    external: Callable[[str], None] | None = None,
    memory: Path | None = None,
    overlay: Mapping[str, bytes] | None = None,
) -> Report:
    """Find every problem of the site with its drafts, and what would lead nowhere without them.

    `today` is what the rules take for now.
    With `external`, links to other sites are asked as well, and it is told what was done.
    `memory` is another folder than the site's for the ledger; texts of `overlay`, by path, are
    checked in place of the files.
    """
    own: list[tuple[str, Rule]] = [(_name(rule), rule) for rule in config.checks]
    options = Options(drafts=True, memory=memory, overlay=overlay or {})
    if external is None:
        return _judged(config, site, today, own, options)
    # Only this option needs the network.
    from pivotgen.checks._external import ExternalCheck, check_external
    from pivotgen.memory.visits import open_visits

    with open_visits(site / ".pivotgen") as visits:
        external_check = ExternalCheck(config.base_url, visits, time.time(), external)
        own.append((EXTERNAL, partial(check_external, check=external_check)))
        return _judged(config, site, today, own, options)


def _judged(
    config: Config, site: Path, today: date, own: list[tuple[str, Rule]], options: Options
) -> Report:
    judge = partial(review, today=today, own=own, off=config.rules_off)
    with worker_pool() as pool:
        report = build(config, site, None, pool, replace(options, rules=(judge,)))
    report.problems = sorted(_in_settings(one, site) for one in report.problems)
    return report


def _in_settings(problem: Problem, site: Path) -> Problem:
    """A problem of a name in build.py, moved to where the name is written there."""
    if (problem.path, problem.code) != (FILE, "unknown-rule"):
        return problem
    name = problem.message.split("`")[1]
    for number, line in enumerate((site / FILE).read_text("utf-8", "replace").splitlines(), 1):
        if match := re.search(rf"""["']{re.escape(name)}["']""", line):
            return replace(problem, line=number, column=match.start() + 2)
    return problem


def _name(rule: Rule) -> str:
    """The name of a site's own rule: its function's, with hyphens."""
    return getattr(rule, "__name__", type(rule).__name__).replace("_", "-")
