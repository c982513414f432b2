"""`schema` on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pivotgen.cli._site import find_site, open_site, site_option

if TYPE_CHECKING:
    from pivotgen.model.extra import DeclaredKeys


@click.command("schema")
@site_option
@click.argument("kind", type=click.Choice(["pivot", "role", "page"]), default="pivot")
@click.option("--markdown", is_flag=True, help="A table for people instead.")
@click.pass_context
def command(context: click.Context, kind: str, markdown: bool) -> None:
    """Print the JSON Schema of the frontmatter of a pivot, a role or a page.

    In the folder of a site, the keys that its settings declare are part of it.
    """
    from pivotgen.commands.schema import schema

    click.echo(schema(kind, markdown=markdown, extra=_declared_keys(context)))


def _declared_keys(context: click.Context) -> DeclaredKeys:
    """The keys that the site declares; None where there is no site."""
    try:
        find_site(context)
    except click.UsageError:
        return None
    return open_site(context)[0].declared_keys
