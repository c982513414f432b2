"""`status` on the command line."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

import click

from pivotgen.cli._print import count_files, print_problems
from pivotgen.cli._site import open_site, site_option
from pivotgen.cli._terminal import say
from pivotgen.model.visible import visible_name


@click.command("status")
@site_option
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.pass_context
def command(context: click.Context, as_json: bool) -> None:
    """Say the state of every file, and why: broken, todo, draft, stale, unused or published."""
    from pivotgen.commands.status import STATES, status
    from pivotgen.model.problem import any_errors
    from pivotgen.problems.formats.json_text import json_text

    config, site = open_site(context)
    states, report = status(config, site, date.today())
    if not states and any_errors(report.problems):
        print_problems(site, report.problems)
        raise SystemExit(1)
    counts = {name: sum(row.state == name for row in states) for name in STATES}
    in_no_feed = sum(row.is_in_no_feed for row in states)
    if as_json:
        files = [asdict(row) for row in states]
        report_of_files = {"files": files, "counts": counts, "in_no_feed": in_no_feed}
        say(json_text(report_of_files))
        return
    for row in states:
        say(f"{row.state:<9}  {visible_name(row.path)}{f': {row.why}' if row.why else ''}")
    summary = ", ".join(f"{count} {name}" for name, count in counts.items() if count)
    say(f"{count_files(len(states))}: {summary or 'nothing yet'}.")
    if in_no_feed:
        pivots = "1 pivot is" if in_no_feed == 1 else f"{in_no_feed} pivots are"
        say(f"{pivots} in no feed: a feed needs `published` or `updated`.")
