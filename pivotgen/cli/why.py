"""`why` on the command line."""

from __future__ import annotations

from pathlib import Path

import click

from pivotgen.cli._print import print_problems
from pivotgen.cli._site import open_site, site_option
from pivotgen.cli._terminal import say


@click.command("why")
@site_option
@click.argument("what", metavar="URL|FILE")
@click.option("--drafts", is_flag=True, help="As a build with --drafts sees it.")
@click.option("--out", type=click.Path(path_type=Path), help="Folder that was built into.")
@click.pass_context
def command(context: click.Context, what: str, drafts: bool, out: Path | None) -> None:
    """Say why a page would be made again or not, or what a file is published as. Writes nothing."""
    from pivotgen.commands.why import why
    from pivotgen.model.problem import any_errors

    config, site = open_site(context)
    try:
        lines, problems = why(config, site, what, (out or site / "public").absolute(), drafts)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    say("\n".join(lines), nl=bool(lines))
    print_problems(site, problems)
    if any_errors(problems):
        raise SystemExit(1)
