"""A new name, everywhere."""

from __future__ import annotations

import click

from pivotgen.cli._ask import ask
from pivotgen.cli._count import counted, few
from pivotgen.cli._site import open_site
from pivotgen.cli._tell import tell


def rename(context: click.Context, kind: str, old: str, new: str, yes: bool) -> None:
    """Give a "role" or a "skill" its new name, or end the command with the reason why not."""
    from pivotgen.commands.rename import renamed

    _, site = open_site(context)
    try:
        renaming = renamed(site, kind, old, new)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    if renaming.problems:
        tell(site, renaming.problems)
        raise SystemExit(1)
    if not ask(site, renaming.changes, yes):
        raise SystemExit(1)
    click.echo(f"{counted(len(renaming.changes))} changed.")
    if kind == "role" and not renaming.file:
        click.echo(f"No file describes the role, so nobody who still writes `{old}` is corrected.")
    if renaming.still:
        count = counted(len(renaming.still))
        click.echo(f"The text of {count} still says `{old}`: {few(renaming.still)}")
