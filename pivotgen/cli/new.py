"""`new` on the command line."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import click

from pivotgen.cli._site import open_site, site_option
from pivotgen.cli._tell import tell

if TYPE_CHECKING:
    from pivotgen.commands.new import Desk, Names


@click.command("new")
@site_option
@click.argument("origin", metavar="FROM", required=False)
@click.argument("target", metavar="TO", required=False)
@click.option("--title", help="The headline; asked for on a terminal.")
@click.option("--description", help="The deck under it; asked for on a terminal.")
@click.option("--window", help="Such as “6–12 months”; asked for on a terminal.")
@click.pass_context
def command(
    context: click.Context,
    origin: str | None,
    target: str | None,
    title: str | None,
    description: str | None,
    window: str | None,
) -> None:
    """Begin a pivot: a draft that knows what the site knows, with TODO where you must write."""
    from pivotgen.commands.new import Answers, desk
    from pivotgen.edits.save import save

    config, site = open_site(context)
    asks = sys.stdin.isatty()
    if not asks and not (origin and target):
        raise click.UsageError('name both roles: pivotgen new "Registered Nurse" "Data Analyst"')
    origin = origin or str(click.prompt("From which role"))
    target = target or str(click.prompt("To which role"))
    known = desk(config, site, target)
    if isinstance(known, list):
        tell(site, known)
        raise SystemExit(1)

    def spanned(text: str) -> str:
        # Asked again at once; at the end, all the other answers would be lost with it.
        try:
            known.begun(names, Answers("", "", text.strip()), date.today())
        except ValueError as error:
            raise click.BadParameter(str(error)) from None
        return text.strip()

    try:
        names = _meant(known, origin, target)
        for line in names.corrected:
            click.echo(line, err=True)
        told = Answers(
            _asked("Title", title, asks),
            _asked("What carries over, and what does not, in a sentence", description, asks),
            _asked("How long it usually takes, such as 6–12 months", window, asks, spanned),
        )
        change = known.begun(names, told, date.today())
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    if problems := save(site, [change]):
        tell(site, problems)
        raise SystemExit(1)
    click.echo(f"{change.path} is a draft; replace each TODO, then delete `draft: true`.")
    name = context.find_root().info_name
    click.echo(f"{name} serve shows the page while you write, {name} check says what is wrong.")


def _meant(known: Desk, origin: str, target: str) -> Names:
    """The two roles; a near one instead where that was meant."""
    names = known.names(origin, target)
    meant = {}
    for typed, near in names.doubtful:
        if sys.stdin.isatty() and click.confirm(f"Did you mean the role `{near}`?", default=True):
            meant[typed] = near
        else:
            click.echo(f"`{typed}` is a new role, and nearly the role `{near}`.", err=True)
    if not meant:
        return names
    return known.names(*(meant.get(" ".join(one.split()), one) for one in (origin, target)))


def _asked(
    question: str, given: str | None, asks: bool, right: Callable[[str], str] = str.strip
) -> str:
    """What was given or, on a terminal, is typed; "" is to become a TODO."""
    if given is not None or not asks:
        return given or ""
    text: str = click.prompt(
        f"{question} (Enter: later)", default="", show_default=False, value_proc=right
    )
    return text
