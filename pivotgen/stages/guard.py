"""Guard: a build with the ledger held, whose failures as a whole become problems."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import fields

from pivotgen.engines.pool import WorkerDiedError
from pivotgen.memory.ledger import (
    BusyError,
    DamagedError,
    Ledger,
    delete_ledger,
    open_ledger,
)
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
        report.problems.append(build_failures.WORKER_DIED)
    except OSError as error:
        report.problems.append(build_failures.write_problem(request.into or request.memory, error))
    else:
        if request.pool.deaths > deaths:
            report.problems.append(build_failures.WORKER_LOST)
    report.problems.sort()
    return report


def _run(
    request: BuildRequest, run: Callable[[BuildContext, Report], None], report: Report
) -> None:
    with _held(request) as ledger:
        given = {field.name: getattr(request, field.name) for field in fields(request)}
        run(BuildContext(**given, ledger=ledger), report)


@contextmanager
def _held(request: BuildRequest) -> Iterator[Ledger]:
    """The site's ledger.

    A temporary one takes its place where a check may not write, and where there is only a question
    about a site that has no ledger.
    """
    with ExitStack() as stack:
        try:
            exists = not request.options.ask or request.memory.is_dir()
            ledger = stack.enter_context(open_ledger(request.memory if exists else None))
        except OSError:
            if request.into:
                raise
            ledger = stack.enter_context(open_ledger(None))
        yield ledger
