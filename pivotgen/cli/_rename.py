"""Rename: what `rename-role` and `rename-skill` do on the command line."""

from __future__ import annotations

import click

from pivotgen.cli._confirm import confirm_changes
from pivotgen.cli._print import count_files, list_files, print_problems
from pivotgen.cli._site import open_site


def rename(context: click.Context, kind: str, old: str, new: str, yes: bool) -> None:
    """Give a "role" or a "skill" its new name, or end the command and say why that fails."""
    from pivotgen.commands.rename import plan_renaming

    _, site = open_site(context)
    try:
        renaming = plan_renaming(site, kind, old, new)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    if renaming.problems:
        print_problems(site, renaming.problems)
        raise SystemExit(1)
    if not confirm_changes(site, renaming.changes, yes=yes):
        raise SystemExit(1)
    click.echo(f"{count_files(len(renaming.changes))} changed.")
    if kind == "role" and not renaming.file:
        click.echo(f"No file describes the role, so nobody who still writes `{old}` is corrected.")
    if renaming.still:
        count = count_files(len(renaming.still))
        click.echo(f"The text of {count} still says `{old}`: {list_files(renaming.still)}")
