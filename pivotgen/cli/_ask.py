"""Changes to files: shown, asked about, and written."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pivotgen.cli._count import counted
from pivotgen.cli._tell import tell

if TYPE_CHECKING:
    from pivotgen.model.edit import Change

yes_option = click.option("--yes", is_flag=True, help="Do not ask before changing files.")


def ask(site: Path, changes: Sequence[Change], yes: bool) -> bool:
    """Show the changes, ask unless `yes`, and write them; whether they were written.

    What keeps them from being written is told, and ends the command.
    """
    from pivotgen.edits.save import save

    show(changes)
    count = counted(len(changes))
    if not yes and not sys.stdin.isatty():
        click.echo("Nothing was changed; --yes writes the changes.", err=True)
        return False
    if not yes and not click.confirm(f"Change {count}?"):
        return False
    if problems := save(site, changes):
        tell(site, problems)
        raise SystemExit(1)
    return True


def show(changes: Iterable[Change]) -> None:
    """Print the changes as a diff."""
    from pivotgen.edits.diff import diff

    colours = {"+": "green", "-": "red", "@": "cyan"}
    for line in diff(changes).splitlines(keepends=True):
        colour = None if line.startswith(("+++", "---")) else colours.get(line[0])
        click.secho(line, nl=False, fg=colour)
