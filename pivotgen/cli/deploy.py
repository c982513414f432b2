"""`deploy` on the command line."""

from __future__ import annotations

import sys
from contextlib import nullcontext, redirect_stdout
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from pivotgen.cli._print import count_files, list_files, print_problems
from pivotgen.cli._progress import Bar
from pivotgen.cli._site import find_settings, site_option
from pivotgen.cli._terminal import say

if TYPE_CHECKING:
    from pivotgen.model.deploy_report import DeployReport

# Stands for the release before the current one where --rollback names none.
_PREVIOUS = "(previous)"


@click.command("deploy")
@site_option
@click.argument("target", required=False)
@click.option("--plan", is_flag=True, help="Say what would be done, and change nothing.")
@click.option(
    "--rollback",
    is_flag=False,
    flag_value=_PREVIOUS,
    metavar="[ID]",
    help="Bring a kept release back; without ID the one before this.",
)
@click.option("--adopt", is_flag=True, help="Overwrite files of others at the site's addresses.")
@click.option("--older", is_flag=True, help="Deploy though readers have a newer commit.")
@click.option(
    "--max-deletes",
    type=click.IntRange(0),
    metavar="N",
    help="Pages that may be deleted without asking; a tenth of all without this.",
)
@click.option("--cluster", metavar="ADDRESS", help="Scheduler whose workers build it.")
@click.option("--json", "as_json", is_flag=True, help="Say what was done as JSON.")
@click.pass_context
def command(
    context: click.Context,
    target: str | None,
    plan: bool,
    rollback: str | None,
    adopt: bool,
    older: bool,
    max_deletes: int | None,
    cluster: str | None,
    as_json: bool,
) -> None:
    """Build the site and put it where readers find it; TARGET is a name in Config(targets=…)."""
    from pivotgen.commands.deploy import DeployOptions, deploy
    from pivotgen.model.report import SiteError
    from pivotgen.problems.formats.json_text import json_text

    if rollback and target is None and not rollback.isalnum() and rollback != _PREVIOUS:
        raise click.UsageError(f"`{rollback}` is no id of a release")
    site, config = find_settings(context)
    options = DeployOptions(
        target=target or "",
        plan=plan,
        rollback="" if rollback == _PREVIOUS else rollback,
        adopt=adopt,
        older=older,
        max_deletes=max_deletes,
        cluster=cluster or "",
        confirm=_confirm,
        progress=Bar().show,
    )
    try:
        # What the site's own program prints must not mix with what is for programs.
        with redirect_stdout(sys.stderr) if as_json else nullcontext():
            report = deploy(site, config, options)
    except SiteError as error:
        raise click.UsageError(str(error)) from None
    print_problems(site, report.problems)
    if as_json:
        say(json_text(asdict(report)))
    elif report.release:
        _say_plan(report) if plan else _say_done(report)
    if not report.ok:
        raise SystemExit(1)


def _confirm(question: str) -> bool:
    """Ask, where somebody can answer."""
    return sys.stdin.isatty() and click.confirm(question)


def _say_plan(report: DeployReport) -> None:
    """What would be done, and that nothing was."""
    say(f"{report.place}, seen at {report.url}")
    if report.unchanged:
        say("Everything is there already.")
        return
    for word, paths in (
        ("add", report.added),
        ("change", report.changed),
        ("delete", report.deleted),
    ):
        if paths:
            say(f"  {word} {count_files(len(paths))}: {list_files(paths)}")
    say(f"  send {report.sent:,} bytes")
    for words in report.purges:
        say(f"  purge {words}")
    say("Nothing was changed.")


def _say_done(report: DeployReport) -> None:
    if report.unchanged:
        say(f"Everything is there already: release {report.release} at {report.url}.")
        return
    changes = ", ".join(
        f"{len(paths):,} {word}"
        for word, paths in (
            ("added", report.added),
            ("changed", report.changed),
            ("deleted", report.deleted),
        )
        if paths
    )
    for words in report.purges:
        say(f"Purged {words}.")
    say(
        f"Release {report.release} is at {report.url}: {changes or 'no page changed'}; "
        f"{report.sent:,} bytes sent in {report.seconds:.1f} s."
    )
    if report.before and report.before != report.release:
        say("`pivotgen deploy --rollback` brings the one before it back.")
