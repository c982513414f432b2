"""`fmt` on the command line."""

from __future__ import annotations

from pathlib import Path

import click

from pivotgen.cli._print import count_files, print_diff, print_problems
from pivotgen.cli._site import open_site, site_option
from pivotgen.cli._terminal import say
from pivotgen.model.visible import visible_name


@click.command("fmt")
@site_option
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--check", "only_check", is_flag=True, help="Change nothing; exit 1 if it would.")
@click.option("--diff", "only_diff", is_flag=True, help="Show what would change, and no more.")
@click.pass_context
def command(
    context: click.Context, files: tuple[Path, ...], only_check: bool, only_diff: bool
) -> None:
    """Tidy the frontmatter of all pivots and roles, or of FILES. What it means never changes."""
    from pivotgen.commands.fmt import format_files
    from pivotgen.disk.places import Places
    from pivotgen.edits.save import save

    config, site = open_site(context)
    places = Places(site, config.outside)
    try:
        changes, problems = format_files(places, files)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    if only_diff:
        print_diff(changes)
    elif only_check:
        for change in changes:
            say(visible_name(change.path))
    else:
        problems += save(places, changes)
    print_problems(site, problems)
    if problems or (changes and (only_check or only_diff)):
        raise SystemExit(1)
    if not (only_check or only_diff):
        say(f"{count_files(len(changes))} tidied.")
