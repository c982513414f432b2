"""Guard: a build with the ledger held, whose failures as a whole become problems."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import fields
from pathlib import Path

from pivotgen.engines.pool import WorkerDiedError
from pivotgen.memory.ledger import (
    BusyError,
    DamagedError,
    Ledger,
    SiteIdentity,
    delete_ledger,
    open_ledger,
)
from pivotgen.model.cluster import ClusterError
from pivotgen.model.problem import Problem
from pivotgen.model.source import SOURCE_FOLDERS
from pivotgen.problems import build_failures
from pivotgen.stages.context import BuildContext, BuildRequest, Report


def guarded(request: BuildRequest, run: Callable[[BuildContext, Report], None]) -> Report:
    """The report of `run`, which may be called twice: a damaged ledger is made anew.

    A question about the site changes nothing, so there the damage is only reported.
    """
    report = Report()
    deaths = request.pool.deaths
    try:
        try:
            _run(request, run, report)
        except DamagedError:
            if request.options.ask:
                report.problems.append(build_failures.LEDGER_UNREADABLE)
                return report
            delete_ledger(request.memory)
            report = Report([build_failures.LEDGER_RENEWED])
            _run(request, run, report)
    except BusyError:
        report.problems.append(build_failures.BUILD_RUNNING)
    except WorkerDiedError:
        is_far = request.pool.is_far
        report.problems.append(
            build_failures.FAR_WORKERS_DIED if is_far else build_failures.WORKER_DIED
        )
    except ClusterError as error:
        report.problems.append(error.problem())
    except OSError as error:
        report.problems.append(_failure(request, error))
    else:
        if request.pool.deaths > deaths:
            report.problems.append(build_failures.WORKER_LOST)
    report.problems.sort()
    return report


def _failure(request: BuildRequest, error: OSError) -> Problem:
    """The problem of a file that could not be read or written."""
    file = Path(str(error.filename2 or error.filename or ""))
    site = request.site.absolute()
    path = file.relative_to(site).as_posix() if file.is_relative_to(site) else ""
    if path.split("/")[0] in SOURCE_FOLDERS:
        return build_failures.read_problem(path, error)
    if request.memory.absolute() in (file, file.parent):
        return build_failures.memory_problem(path or str(file), error)
    return build_failures.write_problem(request.into or request.memory, error)


def _run(
    request: BuildRequest, run: Callable[[BuildContext, Report], None], report: Report
) -> None:
    with _held(request) as ledger:
        given = {field.name: getattr(request, field.name) for field in fields(request)}
        if ledger.key_fault and request.publishes:
            report.problems.append(build_failures.key_problem(ledger.key_fault))
        try:
            run(BuildContext(**given, ledger=ledger), report)
        except ValueError as error:
            # A question answers with such an error in plain words. Elsewhere only a value of the
            # ledger that no build stored leads to one.
            if request.options.ask or ledger.is_new:
                raise
            raise DamagedError(str(error)) from error


def _identity(request: BuildRequest) -> SiteIdentity:
    config = request.config
    return SiteIdentity(request.site.absolute(), f"{config.name} {config.base_url}")


@contextmanager
def _held(request: BuildRequest) -> Iterator[Ledger]:
    """The site's ledger.

    A temporary one takes its place where a check may not write, and where there is only a question
    about a site that has no ledger.
    """
    with ExitStack() as stack:
        try:
            exists = not request.options.ask or request.memory.is_dir()
            memory = request.memory if exists else None
            ledger = stack.enter_context(open_ledger(memory, _identity(request)))
        except OSError:
            if request.publishes:
                raise
            ledger = stack.enter_context(open_ledger(None))
        yield ledger
