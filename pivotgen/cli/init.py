"""`init` on the command line."""

from __future__ import annotations

from pathlib import Path

import click

from pivotgen.cli._print import count_files
from pivotgen.cli._site import SETTINGS_FILE


@click.command("init")
@click.argument("folder", type=click.Path(path_type=Path))
def command(folder: Path) -> None:
    """Begin a new site in FOLDER: layouts, assets, settings and a few pivots."""
    from pivotgen.commands.init import init

    try:
        files = count_files(init(folder))
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    click.echo(f"{files} in {folder}. Its name and address are in {folder / SETTINGS_FILE}.")
