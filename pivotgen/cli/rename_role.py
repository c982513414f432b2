"""`rename-role` on the command line."""

from __future__ import annotations

import click

from pivotgen.cli._confirm import yes_option
from pivotgen.cli._rename import join_option, rename
from pivotgen.cli._site import site_option


@click.command("rename-role")
@site_option
@click.argument("old")
@click.argument("new")
@join_option
@yes_option
@click.pass_context
def command(context: click.Context, old: str, new: str, join: bool, yes: bool) -> None:
    """Give the role OLD the name NEW everywhere, and redirect its old pages."""
    rename(context, "role", (old, new), join=join, yes=yes)
