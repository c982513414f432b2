"""`lsp` on the command line."""

from __future__ import annotations

from functools import partial

import click

from pivotgen.cli._site import open_site, site_option
from pivotgen.cli._terminal import say


@click.command("lsp")
@site_option
@click.pass_context
def command(context: click.Context) -> None:
    """Serve an editor over standard input and output; docs/editors.md has the settings."""
    try:
        from pivotgen.commands.lsp import lsp
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("pygls", "lsprotocol"):
            raise
        say("lsp needs another library: python -m pip install 'pygls>=2'", err=True)
        raise SystemExit(2) from None
    raise SystemExit(lsp(partial(open_site, context)))
