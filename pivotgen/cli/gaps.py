"""`gaps` on the command line."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from pivotgen.cli._site import open_site, site_option
from pivotgen.cli._tell import tell


@click.command("gaps")
@site_option
@click.option("--limit", type=click.IntRange(1), default=10, show_default=True, help="How many.")
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
@click.pass_context
def command(context: click.Context, limit: int, as_json: bool) -> None:
    """Say which pivots that are not written yet would help readers most, and why."""
    from pivotgen.commands.gaps import gaps
    from pivotgen.model.problem import any_errors

    config, site = open_site(context)
    found, report = gaps(config, site, limit)
    if any_errors(report.problems):
        tell(site, report.problems)
        raise SystemExit(1)
    if as_json:
        click.echo(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=1))
        return
    for number, one in enumerate(found, 1):
        click.echo(f"{number:>3}  {one.origin} → {one.target}")
        for reason in one.reasons:
            click.echo(f"     {reason}")
    if found:
        click.echo(f'\nBegin one: pivotgen new "{found[0].origin}" "{found[0].target}"')
    else:
        click.echo("Every role that pivots name leads to every other.")
