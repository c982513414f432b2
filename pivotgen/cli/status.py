"""`status` on the command line."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date

import click

from pivotgen.cli._count import counted
from pivotgen.cli._site import open_site, site_option
from pivotgen.cli._tell import tell


@click.command("status")
@site_option
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.pass_context
def command(context: click.Context, as_json: bool) -> None:
    """Say the state of every file, and why: broken, todo, draft, stale, unused or published."""
    from pivotgen.commands.status import STATES, status
    from pivotgen.model.problem import any_errors

    config, site = open_site(context)
    found, report = status(config, site, date.today())
    if not found and any_errors(report.problems):
        tell(site, report.problems)
        raise SystemExit(1)
    counts = {state: sum(one.state == state for one in found) for state in STATES}
    if as_json:
        files = [asdict(one) for one in found]
        click.echo(json.dumps({"files": files, "counts": counts}, ensure_ascii=False, indent=1))
        return
    for one in found:
        click.echo(f"{one.state:<9}  {one.path}{f': {one.why}' if one.why else ''}")
    said = ", ".join(f"{count} {state}" for state, count in counts.items() if count)
    click.echo(f"{counted(len(found))}: {said or 'nothing yet'}.")
