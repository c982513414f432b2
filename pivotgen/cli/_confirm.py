"""Confirm: shows changes to sources, asks whether to make them, and saves them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from pivotgen.cli._print import count_files, print_diff, print_problems
from pivotgen.cli._terminal import say

if TYPE_CHECKING:
    from pivotgen.disk.places import Places
    from pivotgen.model.edit import Change

yes_option = click.option("--yes", is_flag=True, help="Do not ask before changing files.")


def confirm_changes(places: Places, changes: Sequence[Change], *, yes: bool) -> bool:
    """Print the changes, ask (unless `yes`), save them, and return whether they were saved.

    If they cannot be saved, print why and end the command.
    """
    from pivotgen.edits.save import save

    print_diff(changes)
    count = count_files(len(changes))
    if not yes and not sys.stdin.isatty():
        say("Nothing was changed; --yes writes the changes.", err=True)
        return False
    if not yes and not click.confirm(f"Change {count}?"):
        return False
    if problems := save(places, changes):
        print_problems(places.site, problems)
        raise SystemExit(1)
    return True
