"""Rename: what `rename-role` and `rename-skill` do on the command line."""

from __future__ import annotations

import click

from pivotgen.cli._confirm import confirm_changes
from pivotgen.cli._print import count_files, list_files, print_problems
from pivotgen.cli._site import open_site
from pivotgen.cli._terminal import say

join_option = click.option(
    "--join", is_flag=True, help="NEW is there already, and the two are one."
)


def rename(
    context: click.Context, kind: str, names: tuple[str, str], *, join: bool, yes: bool
) -> None:
    """Give a "role" or a "skill" the second of two names, or end the command and say why not."""
    from pivotgen.commands.rename import RenameRequest, plan_renaming
    from pivotgen.disk.places import Places

    old, new = names
    config, site = open_site(context)
    try:
        renaming = plan_renaming(config, site, RenameRequest(kind, old, new, join))
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    if renaming.problems:
        if renaming.is_breaking:
            say(f"With the name `{new}` the site would not build:", err=True)
        print_problems(site, renaming.problems)
        if renaming.is_breaking:
            say("Nothing was changed.", err=True)
        raise SystemExit(1)
    if not confirm_changes(Places(site, config.outside), renaming.changes, yes=yes):
        raise SystemExit(1)
    say(f"{count_files(len(renaming.changes))} changed.")
    if kind == "role" and not renaming.file:
        say(f"No file describes the role, so nobody who still writes `{old}` is corrected.")
    if renaming.still:
        count = count_files(len(renaming.still))
        say(f"The text of {count} still says `{old}`: {list_files(renaming.still)}")
