"""`schema` on the command line."""

from __future__ import annotations

import click

from pivotgen.cli._site import find_site, open_site, site_option


@click.command("schema")
@site_option
@click.argument("kind", type=click.Choice(["pivot", "role", "page"]), default="pivot")
@click.option("--markdown", is_flag=True, help="A table for people instead.")
@click.pass_context
def command(context: click.Context, kind: str, markdown: bool) -> None:
    """Print the JSON Schema of the frontmatter of a pivot, a role or a page."""
    from pivotgen.commands.schema import schema

    click.echo(schema(kind, markdown=markdown, authors=_authors(context)))


def _authors(context: click.Context) -> list[str]:
    """The keys of the authors of the site; none where there is no site."""
    try:
        find_site(context)
    except click.UsageError:
        return []
    return [*open_site(context)[0].authors]
