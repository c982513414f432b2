"""`schema` on the command line."""

from __future__ import annotations

import click

from pivotgen.cli._site import site_option


@click.command("schema")
@site_option
@click.argument("kind", type=click.Choice(["pivot", "role"]), default="pivot")
@click.option("--markdown", is_flag=True, help="A table for people instead.")
def command(kind: str, markdown: bool) -> None:
    """Print the JSON Schema of a pivot's (or a role's) frontmatter."""
    from pivotgen.commands.schema import schema

    click.echo(schema(kind, markdown=markdown))
