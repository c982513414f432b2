"""`reading` on the command line."""

from __future__ import annotations

import click

from pivotgen.cli._site import open_site, site_option
from pivotgen.cli._tell import tell


@click.command("reading")
@site_option
@click.pass_context
def command(context: click.Context) -> None:
    """Say how hard each pivot is to read, the hardest first."""
    from pivotgen.commands.reading import reading
    from pivotgen.model.problem import any_errors

    config, site = open_site(context)
    readings, report = reading(config, site)
    if any_errors(report.problems):
        tell(site, report.problems)
        raise SystemExit(1)
    click.echo("LIX               words  longest sentence")
    for one in readings:
        place = f"{one.path}:{one.line}"
        click.echo(
            f"{one.lix:>3}  {one.grade:<10}  {one.words:>6}  {one.longest:>3} words  {place}"
        )
