"""`lock` on the command line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import click

from pivotgen.cli._print import print_problems
from pivotgen.cli._site import open_site, site_option
from pivotgen.cli._terminal import say
from pivotgen.model.visible import visible_name

if TYPE_CHECKING:
    from pivotgen.commands.lock import Difference, LockState


@click.command("lock")
@site_option
@click.option("--minor", is_flag=True, help="Pages that changed keep their day.")
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit 1 if it would.")
@click.option(
    "--pull",
    is_flag=False,
    flag_value="",
    metavar="[URL]",
    help="Take days and addresses from the sitemap of the live site (network).",
)
@click.pass_context
def command(context: click.Context, minor: bool, only_check: bool, pull: str | None) -> None:
    """Record every address in pivots.lock, and the day when its words last changed.

    Commit the file. Builds take the days of pages from it, and refuse to lose an address in it.
    """
    from pivotgen.commands.lock import lock_state, new_lines, write_lock

    if only_check and (minor or pull is not None):
        raise click.UsageError("--check writes nothing, so it goes with no other option")
    config, site = open_site(context)
    state = lock_state(config, site)
    if not state.is_known:
        print_problems(site, state.problems)
        raise SystemExit(1)
    differences = state.differences
    if only_check:
        _print_check(differences)
        return
    today = date.today()
    if pull is not None:
        state = _pulled(config.base_url, pull, state, today)
        differences = tuple(d for d in differences if d.address not in state.lock.lines)
    lines = [*new_lines(state, today, minor=minor)]
    written, problems = write_lock(config, site, lines)
    print_problems(site, problems)
    if problems:
        raise SystemExit(1)
    for path in written:
        say(f"{path} is written.")
    say(f"{_counts(differences)}, {_addresses(len(lines))} in all.")


def _pulled(base_url: str, named: str, state: LockState, today: date) -> LockState:
    from pivotgen.commands._pull import pull
    from pivotgen.commands.lock import with_pulled
    from pivotgen.model.address_shape import pages_above

    try:
        pulled = pull(base_url, named)
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    known = len(state.lock.lines)
    state = with_pulled(state, pulled.days, today)
    say(f"{_addresses(len(state.lock.lines) - known)} taken from the live site.")
    if pulled.skipped:
        say(f"{_addresses(pulled.skipped)} there can be no page of this site.")
    answered = {*state.pages, *state.moved}
    lost = sum(address not in answered and not pages_above(address) for address in pulled.days)
    if lost:
        say(f"Without a page here: {_addresses(lost)}; `pivotgen check` says what to do.")
    return state


def _print_check(differences: Sequence[Difference]) -> None:
    from pivotgen.model.address import readable
    from pivotgen.model.lock import LOCK

    for address, since in differences:
        says = f"its words are others than on {since}" if since else "it is not recorded yet"
        say(f"{visible_name(readable(address))}: {says}")
    if differences:
        say(f"{LOCK} is not up to date: {_counts(differences)}; run `pivotgen lock`.", err=True)
        raise SystemExit(1)
    say(f"{LOCK} is up to date.")


def _counts(differences: Sequence[Difference]) -> str:
    new = sum(not difference.since for difference in differences)
    return f"{new} new, {len(differences) - new} changed"


def _addresses(count: int) -> str:
    return "1 address" if count == 1 else f"{count} addresses"
