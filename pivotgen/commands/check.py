"""`check`: finds the problems that a build would report and those of the rules; writes nothing."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from pivotgen.checks import EXTERNAL, OWN_CALL, Rule, run_rules
from pivotgen.checks._own_call import SiteCall, check_own_call
from pivotgen.checks._own_rule import run_own_rule
from pivotgen.commands._open import can_share, settings_of, site_folder
from pivotgen.commands._other_content import other_content
from pivotgen.commands._outdated_copies import outdated_copies
from pivotgen.disk.places import Places
from pivotgen.engines.pool import WorkerPool
from pivotgen.engines.settings import SETTINGS_FILE, place_in_settings
from pivotgen.model.config import Config
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.problem import Problem
from pivotgen.model.report import CheckReport, SiteError
from pivotgen.pipeline import Options, build
from pivotgen.stages.context import Progress
from pivotgen.stages.worker_memory import WorkerMemory
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

    # Files and folders of the site to tell of; without any, all of them.
    files: Sequence[str | Path] = ()
    # Ask links to other sites as well, which needs the network.
    external: bool = False
    # Ask links to this machine and to private networks too.
    private: bool = False
    # Told one line about how many of these links were asked.
    log: Callable[[str], None] = lambda line: None
    # The day that rules about dates compare with; None is the day of today.
    today: date | None = None
    # Texts that are checked in place of the files.
    unsaved: Unsaved | None = None
    # A folder whose files are checked in place of those of content/, such as somebody's pull
    # request. Nothing of it is run or remembered.
    content: Path | None = None
    # Told a stage, how much of it is done, and how much there is.
    progress: Progress = lambda stage, done, total: None


_PLAIN = CheckOptions()


def check(
    folder: str | Path, config: Config | None = None, options: CheckOptions = _PLAIN
) -> CheckReport:
    """Find every problem of the site in `folder` with its drafts, and write nothing to public/.

    These are the problems that a build would report, links that need drafts to work, and whatever
    the rules of quality warn of. Without a `config` the settings are those of the folder's
    build.py, which is run for them. Nothing is printed.

    SiteError when the folder is none of a site, or the options name a file outside of it, or
    content that is no folder.
    """
    site = site_folder(folder)
    if options.content and not options.content.is_dir():
        raise SiteError(f"{options.content} is no folder")
    paths = _paths_in_site(site, options.files)
    settings = settings_of(site, config)
    if isinstance(settings, Problem):
        return CheckReport(problems=(settings,))
    with worker_pool(None if can_share(site, config) else 1) as pool:
        every = _problems(settings, site, pool, options)
    problems = _problems_in(every, paths)
    return CheckReport(problems=tuple(problems), elsewhere=len(every) - len(problems))


def _problems(
    config: Config, site: Path, pool: WorkerPool[WorkerMemory], options: CheckOptions
) -> list[Problem]:
    url = config.call.url if config.call else ""
    call = SiteCall(config.base_url, url, SETTINGS_FILE, place_in_settings(site, url))
    rules: list[tuple[str, Rule]] = [(OWN_CALL, partial(check_own_call, call=call))]
    for rule in config.checks:
        name = _rule_name(rule)
        rules.append((name, partial(run_own_rule, rule=rule, name=name, folder=site)))
    how = Options(drafts=True, progress=options.progress)
    if options.unsaved:
        how = replace(how, memory=options.unsaved.memory, overlay=options.unsaved.texts)
    others: list[Problem] = []
    today = options.today or date.today()
    progress = partial(options.progress, "checking")
    run = partial(run_rules, today=today, off=config.rules_off, progress=progress)
    with ExitStack() as stack:
        if options.content:
            overlay, others = other_content(Places(site, config.outside), options.content)
            memory = stack.enter_context(TemporaryDirectory(prefix="pivotgen-check-"))
            how = replace(how, memory=Path(memory), overlay=overlay)
        if options.external:
            rules.append(_external_rule(config, site, options, stack))
        how = replace(how, rules=(partial(run, own=rules),))
        report = build(config, site, None, pool, how)
    problems = [_at_name_in_settings(problem, site) for problem in report.problems]
    return sorted(
        [
            *problems,
            *others,
            *(copy.problem for copy in outdated_copies(Places(site, config.outside))),
        ]
    )


def _external_rule(
    config: Config, site: Path, options: CheckOptions, stack: ExitStack
) -> tuple[str, Rule]:
    """The rule that asks links to other sites, with its name; `stack` closes what it needs."""
    # Imported only here, because nothing else needs the network.
    from pivotgen.checks._crawl import CrawlPolicy
    from pivotgen.checks._external import ExternalCheck, check_external
    from pivotgen.memory.visits import open_visits

    visits = stack.enter_context(open_visits(site / ".pivotgen"))
    policy = CrawlPolicy(private=options.private)
    asking = partial(options.progress, "asking")
    external = ExternalCheck(config.base_url, visits, time.time(), options.log, policy, asking)
    return EXTERNAL, partial(check_external, check=external)


def _paths_in_site(site: Path, files: Iterable[str | Path]) -> tuple[str, ...]:
    """The paths of files and folders from the site's folder. SiteError when they are elsewhere."""
    paths = []
    for file in files:
        path = Path(os.path.normpath(Path(file).absolute()))
        if not path.is_relative_to(site):
            path = path.resolve()
        if not path.is_relative_to(site):
            raise SiteError(f"{file} is not inside this site, {site}")
        paths.append(path.relative_to(site).as_posix())
    return tuple(paths)


def _problems_in(problems: Sequence[Problem], paths: Sequence[str]) -> list[Problem]:
    """The problems in these files and folders of the site; without paths, all problems."""
    if not paths or "." in paths:
        return list(problems)
    return [
        problem
        for problem in problems
        if any(problem.path == path or problem.path.startswith(f"{path}/") for path in paths)
    ]


def _at_name_in_settings(problem: Problem, site: Path) -> Problem:
    """The problem; one about an unknown rule of build.py at the line that names the rule."""
    if (problem.path, problem.code) != (SETTINGS_FILE, "unknown-rule"):
        return problem
    line, column = place_in_settings(site, problem.message.split("`")[1])
    return replace(problem, line=line, column=column)


def _rule_name(rule: Rule) -> str:
    """The name of a site's own rule: the name of its function, with hyphens."""
    return getattr(rule, "__name__", type(rule).__name__).replace("_", "-")
