"""`status` on the command line."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pivotgen.cli._print import count_files, print_problems
from pivotgen.cli._site import open_site, site_option
from pivotgen.cli._terminal import say
from pivotgen.model.visible import visible_name

if TYPE_CHECKING:
    from pivotgen.model.config import Config


@click.command("status")
@site_option
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.option("--lang", "language", metavar="LANG", help="The state of its translations instead.")
@click.pass_context
def command(context: click.Context, as_json: bool, language: str | None) -> None:
    """Say the state of every file, and why: broken, todo, draft, stale, unused or published."""
    from pivotgen.commands.status import STATES, status
    from pivotgen.model.problem import any_errors
    from pivotgen.problems.formats.json_text import json_text

    config, site = open_site(context)
    if language:
        _of_language(config, site, language, as_json=as_json)
        return
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


def _of_language(config: Config, site: Path, language: str, *, as_json: bool) -> None:
    from pivotgen.commands.language_status import language_status
    from pivotgen.problems.formats.json_text import json_text

    try:
        status = language_status(config, site, language)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    if isinstance(status, list):
        print_problems(site, status)
        raise SystemExit(1)
    if as_json:
        say(json_text(asdict(status)))
        return
    for row in status.files:
        say(f"{row.state:<10}  {visible_name(row.path)}{f': {row.why}' if row.why else ''}")
    counts = ", ".join(f"{count} {name}" for name, count in status.counts.items() if count)
    say(f"{count_files(len(status.files))}: {counts or 'nothing yet'}.")
    if status.names:
        say(f"{len(status.names)} names are missing: {', '.join(status.names)}.")
    say(f"{status.phrases} of {status.all_phrases} phrases are there.")
