"""`schema` on the command line."""

from __future__ import annotations

import click

from pivotgen.cli._site import site_option


@click.command("schema")
@site_option
@click.argument("kind", type=click.Choice(["pivot", "role", "page"]), default="pivot")
@click.option("--markdown", is_flag=True, help="A table for people instead.")
def command(kind: str, markdown: bool) -> None:
    """Print the JSON Schema of the frontmatter of a pivot, a role or a page."""
    from pivotgen.commands.schema import schema

    click.echo(schema(kind, markdown=markdown))
