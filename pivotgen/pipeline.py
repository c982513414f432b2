"""The order of a build: read, parse, link, plan, compare, render, write."""

from __future__ import annotations

from pathlib import Path

from pivotgen.engines.pool import WorkerPool, seldom_collecting
from pivotgen.model.config import Config
from pivotgen.model.problem import any_errors
from pivotgen.model.source import is_shared
from pivotgen.stages.compare import compare
from pivotgen.stages.context import BuildContext, BuildRequest, Options, Outlook, Report
from pivotgen.stages.guard import guarded
from pivotgen.stages.lock.lock_pages import knows_lock_pages
from pivotgen.stages.plan.plan_key import plan_key
from pivotgen.stages.read.find_changes import find_changes
from pivotgen.stages.read.update_sources import update_sources
from pivotgen.stages.render.render_all import render_all
from pivotgen.stages.shared.inputs import shared_inputs
from pivotgen.stages.worker_memory import WorkerMemory
from pivotgen.stages.write.write import write

__all__ = ["Options", "Outlook", "Report", "build"]


_PLAIN = Options()


def build(
    config: Config,
    site: Path,
    into: Path | None,
    pool: WorkerPool[WorkerMemory],
    options: Options = _PLAIN,
) -> Report:
    """Carry content/ to `into`; with an error, or with no `into`, nothing is written there."""
    request = BuildRequest(config=config, site=site, into=into, pool=pool, options=options)
    with seldom_collecting():
        return guarded(request, _run)


def _run(build: BuildContext, report: Report) -> None:
    with report.stage("read"):
        changes = find_changes(build)
    with report.stage("parse"):
        update = update_sources(build, changes)
        # With a folder that cannot be read, most other problems would be its consequences.
        is_whole = not changes.is_partial
        # Of a new site, this is every file.
        del changes
        can_share = is_whole and not any(map(is_shared, update.unread))
        shared, faults = shared_inputs(build) if can_share else (None, [])
        report.parsed = update.parsed
        report.problems += [*update.problems, *faults]
        if not build.options.ask:
            build.ledger.commit()
    if shared is None:
        return
    report.delivery = shared.delivery
    if shared.names or build.ledger.faces.any:
        # A site of one language imports none of this.
        from pivotgen.stages.faces.update_faces import update_faces

        with report.stage("faces"):
            update_faces(build, shared.names)
    with report.stage("plan"):
        key = plan_key(build, shared)
        roots = build.ledger.pages.roots
        is_planned = knows_lock_pages(build.ledger, key) and roots.planned_from(build.root) == key
        if not is_planned or build.options.rules or report.problems:
            # A build that plans nothing new imports none of this.
            from pivotgen.stages.plan.update_plan import Known, update_plan

            known = Known(report.problems, update.unread)
            report.problems += update_plan(build, shared, key, known)
        if any_errors(report.problems):
            return
        if shared.lock:
            # A site without a lock imports none of this.
            from pivotgen.stages.lock.date_plan import date_plan

            date_plan(build, shared, key)
    with report.stage("compare"):
        comparison = compare(build, shared, key)
        report.note_stale(comparison)
    if build.options.ask:
        build.options.ask(Outlook(build.ledger, build.root, comparison))
        return
    with report.stage("render"):
        files, faults = render_all(build, shared, comparison)
        report.problems += faults
    if any_errors(report.problems):
        files.discard()
        return
    with report.stage("write"):
        write(build, comparison, files, report)
    build.options.after(Outlook(build.ledger, build.root, comparison))
