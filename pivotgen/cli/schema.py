"""`schema` on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pivotgen.cli._site import find_site, open_site, site_option
from pivotgen.cli._terminal import say

if TYPE_CHECKING:
    from pivotgen.model.config import Config


@click.command("schema")
@site_option
@click.argument("kind", type=click.Choice(["pivot", "role", "page"]), default="pivot")
@click.option("--markdown", is_flag=True, help="A table for people instead.")
@click.pass_context
def command(context: click.Context, kind: str, markdown: bool) -> None:
    """Print the JSON Schema of the frontmatter of a pivot, a role or a page.

    In the folder of a site, the authors and the keys that its settings name are part of it.
    """
    from pivotgen.commands.schema import schema

    say(schema(kind, markdown=markdown, config=_config(context)))


def _config(context: click.Context) -> Config | None:
    """The settings of the site; None where there is no site."""
    try:
        find_site(context)
    except click.UsageError:
        return None
    return open_site(context)[0]
