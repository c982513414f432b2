"""`new` on the command line."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import click

from pivotgen.cli._print import print_problems
from pivotgen.cli._site import open_site, site_option
from pivotgen.cli._terminal import say

if TYPE_CHECKING:
    from pivotgen.commands.new import PivotDraft, RoleNames


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
    from pivotgen.commands.new import Answers, start_draft
    from pivotgen.disk.places import Places
    from pivotgen.edits.save import save

    config, site = open_site(context)
    if not sys.stdin.isatty() and not (origin and target):
        raise click.UsageError('name both roles: pivotgen new "Registered Nurse" "Data Analyst"')
    origin = origin or str(click.prompt("From which role"))
    target = target or str(click.prompt("To which role"))
    draft = start_draft(config, site, target)
    if isinstance(draft, list):
        print_problems(site, draft)
        raise SystemExit(1)

    def check_window(text: str) -> str:
        # A wrong window is asked for again at once, so that no other answer is lost.
        try:
            draft.change(names, Answers("", "", text.strip()), date.today())
        except ValueError as error:
            raise click.BadParameter(str(error)) from None
        return text.strip()

    try:
        names = _names(draft, origin, target)
        for line in names.corrected:
            say(line, err=True)
        answers = Answers(
            _answer("Title", title),
            _answer("What carries over, and what does not, in a sentence", description),
            _answer("How long it usually takes, such as 6–12 months", window, check_window),
        )
        change = draft.change(names, answers, date.today())
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    if problems := save(Places(site, config.outside), [change]):
        print_problems(site, problems)
        raise SystemExit(1)
    say(f"{change.path} is a draft; replace each TODO, then delete `draft: true`.")
    program = context.find_root().info_name
    say(f"{program} serve shows the page while you write, {program} check says what is wrong.")


def _names(draft: PivotDraft, origin: str, target: str) -> RoleNames:
    """The two roles; a misspelled one is corrected if the writer says so."""
    names = draft.names(origin, target)
    meant = {}
    for typed, role in names.doubtful:
        if sys.stdin.isatty() and click.confirm(f"Did you mean the role `{role}`?", default=True):
            meant[typed] = role
        else:
            say(f"`{typed}` is a new role, and nearly the role `{role}`.", err=True)
    if not meant:
        return names
    return draft.names(*(meant.get(" ".join(name.split()), name) for name in (origin, target)))


def _answer(question: str, given: str | None, check: Callable[[str], str] = str.strip) -> str:
    """The answer from an option or, on a terminal, from a prompt; "" becomes a TODO."""
    if given is not None or not sys.stdin.isatty():
        return given or ""
    text: str = click.prompt(
        f"{question} (Enter: later)", default="", show_default=False, value_proc=check
    )
    return text
