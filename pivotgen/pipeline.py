"""The order of a build: read, parse, link, plan, compare, render, write."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from pivotgen.engines.pool import WorkerPool, collect_seldom
from pivotgen.memory.fingerprint import digest_of
from pivotgen.model.address import ATOM_FEED, output_of
from pivotgen.model.config import Config
from pivotgen.model.problem import any_errors
from pivotgen.stages.compare import compare
from pivotgen.stages.context import (
    BuildContext,
    BuildRequest,
    Comparison,
    Options,
    Outlook,
    Report,
)
from pivotgen.stages.guard import guarded
from pivotgen.stages.plan.plan_key import plan_key
from pivotgen.stages.read.find_changes import find_changes
from pivotgen.stages.read.update_sources import update_sources
from pivotgen.stages.render.render_all import render_all
from pivotgen.stages.shared.inputs import shared_inputs
from pivotgen.stages.shared.names import remember_names, shared_names
from pivotgen.stages.shared.render_context import render_context
from pivotgen.stages.worker_memory import WorkerMemory
from pivotgen.stages.write.forget_unused import forget_unused
from pivotgen.stages.write.publish import publish, remove, rendered_rows
from pivotgen.stages.write.staging import discard_staging, open_staging

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
    collect_seldom()
    request = BuildRequest(config=config, site=site, into=into, pool=pool, options=options)
    return guarded(request, _run)


def _run(build: BuildContext, report: Report) -> None:
    options, ledger, root = build.options, build.ledger, build.root
    with report.stage("read"):
        if options.clean:
            ledger.inputs.delete_all()
        changes = find_changes(build)
    with report.stage("parse"):
        update = update_sources(build, changes)
        # Of a new site, this is every file.
        del changes
        shared, faults = shared_inputs(build)
        report.parsed = update.parsed
        report.problems += [*update.problems, *faults]
        if not options.ask:
            ledger.commit()
    if shared is None:
        return
    with report.stage("plan"):
        key = plan_key(build, shared)
        is_planned = ledger.pages.planned_from(root) == key
        if not is_planned or options.rules or report.problems:
            # A build that plans nothing new imports none of this.
            from pivotgen.stages.plan.update_plan import Known, update_plan

            known = Known(report.problems, update.unread)
            report.problems += update_plan(build, shared, key, known)
    if any_errors(report.problems):
        return
    with report.stage("compare"):
        feeds = ledger.pages.has(root, output_of(ATOM_FEED))
        names = shared_names(shared, feeds=feeds)
        common = remember_names(names, ledger)
        cards_key = digest_of([key, ledger.inputs.key("card")])
        is_settled = ledger.pages.settled_from(root) == cards_key
        comparison = compare(build, common, None if is_settled else ledger.inputs.versions())
        _count(comparison, report)
    if options.ask:
        options.ask(Outlook(ledger, root, names, comparison))
        return
    with report.stage("render"):
        staging = None
        if build.into:
            staging = open_staging(build.into, build.memory, write_all=options.clean)
        ledger.commit()
        stale = [number for number, _ in comparison.stale]
        try:
            staged, faults = render_all(build, render_context(shared, feeds=feeds), stale, staging)
        except OSError:
            # The room is needed by whoever makes room.
            discard_staging(staging)
            raise
        report.problems += faults
    if any_errors(report.problems):
        discard_staging(staging)
        return
    with report.stage("write"):
        if staging:
            ledger.pages.announce(stale)
            ledger.commit()
            publish(staged, staging)
            report.removed = remove(ledger.pages.gone(root), Path(staging.into))
        report.written = sum(file.stat is not None for file in staged)
        reasons = (reasons for _, reasons in comparison.stale)
        ledger.pages.store_rendered(rendered_rows(staged, reasons, staging, common, ledger.now))
        ledger.pages.refresh_stat(comparison.refreshed)
        ledger.pages.settle(root, cards_key)
        forget_unused(build)
        ledger.commit()


def _count(comparison: Comparison, report: Report) -> None:
    report.files, report.rendered = comparison.total, len(comparison.stale)
    report.reasons = dict(Counter(why for _, reasons in comparison.stale for why in reasons))
