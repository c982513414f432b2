"""`init` on the command line."""

from __future__ import annotations

from pathlib import Path

import click

from pivotgen.cli._count import counted
from pivotgen.cli._site import FILE


@click.command("init")
@click.argument("folder", type=click.Path(path_type=Path))
def command(folder: Path) -> None:
    """Begin a new site in FOLDER: layouts, assets, settings and a few pivots."""
    from pivotgen.commands.init import init

    try:
        count = init(folder)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    click.echo(f"{counted(count)} in {folder}. Its name and address are in {folder / FILE}.")
