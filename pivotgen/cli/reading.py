"""`reading` on the command line."""

from __future__ import annotations

import click

from pivotgen.cli._print import print_problems
from pivotgen.cli._site import open_site, site_option
from pivotgen.cli._terminal import say
from pivotgen.model.visible import visible_name


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
        print_problems(site, report.problems)
        raise SystemExit(1)
    say("LIX               words  longest sentence")
    for row in readings:
        place = f"{visible_name(row.path)}:{row.line}"
        say(f"{row.lix:>3}  {row.grade:<10}  {row.words:>6}  {row.longest:>3} words  {place}")
