"""`eject` on the command line."""

from __future__ import annotations

import click

from pivotgen.cli._site import find_site, site_option
from pivotgen.cli._terminal import say


@click.command("eject")
@click.argument("name", metavar="FILE")
@site_option
@click.pass_context
def command(context: click.Context, name: str) -> None:
    """Copy FILE of the theme, such as pivot.html or style.css, into the site, to be changed.

    A file of the site takes the place of the theme's file with the same name. `check` says when the
    theme's file has changed since it was copied.
    """
    from pivotgen.commands.eject import eject

    try:
        path = eject(find_site(context), name)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    say(f"{path} is yours now. Delete it to go back to the theme's.")
