"""`check` on the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pivotgen.cli._confirm import confirm_changes, yes_option
from pivotgen.cli._print import count_files, print_diff, print_problems
from pivotgen.cli._progress import Bar
from pivotgen.cli._site import find_settings, open_site, site_option
from pivotgen.cli._terminal import say, say_commands

if TYPE_CHECKING:
    from pivotgen.disk.places import Places
    from pivotgen.model.edit import Change
    from pivotgen.model.problem import Problem


@click.command("check")
@site_option
@click.argument("files", nargs=-1, type=click.Path(exists=True, path_type=Path), metavar="[FILE]…")
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github", "gitlab", "sarif"]),
    default="text",
    help="How to report; all but text go to standard output.",
)
@click.option("--all", "every", is_flag=True, help="Show more than fifty problems on a terminal.")
@click.option("--external", is_flag=True, help="Ask links to other sites too (network).")
@click.option("--private", is_flag=True, help="With --external: private networks as well.")
@click.option(
    "--content",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="Check DIR in place of content/: somebody else's, of which nothing is run.",
)
@click.option("--fix", is_flag=True, help="Fix what has one right answer; shows it and asks.")
@click.option("--diff", "only_diff", is_flag=True, help="Show what --fix would change.")
@yes_option
@click.pass_context
def command(
    context: click.Context,
    files: tuple[Path, ...],
    strict: bool,
    form: str,
    every: bool,
    external: bool,
    private: bool,
    content: Path | None,
    fix: bool,
    only_diff: bool,
    yes: bool,
) -> None:
    """Find every problem, or those of some files; write nothing, unless asked to fix."""
    from pivotgen.commands.check import CheckOptions, check
    from pivotgen.disk.places import Places
    from pivotgen.model.problem import any_errors
    from pivotgen.model.report import SiteError

    if form != "text" and (fix or only_diff):
        raise click.UsageError("--fix and --diff report as text")
    if content and (files or fix or only_diff):
        raise click.UsageError("with --content there are no files to choose and nothing to fix")
    site, config = find_settings(context)
    elsewhere = 0

    def find_problems(asking: bool = False) -> list[Problem]:
        nonlocal elsewhere
        options = CheckOptions(
            files=files,
            external=asking,
            private=private,
            content=content,
            log=_print_aside,
            progress=Bar().show,
        )
        try:
            checked = check(site, config, options)
        except SiteError as error:
            raise click.UsageError(str(error)) from None
        elsewhere = checked.elsewhere
        return [*checked.problems]

    problems = find_problems(external)
    if fix or only_diff:
        config, site = open_site(context)
        problems = _fix(Places(site, config.outside), problems, find_problems, only_diff, yes)
    if form == "text":
        print_problems(site, problems, every=every, content=content)
        if any(problem.code == "theme-changed" for problem in problems):
            _print_theme_changes(context)
    else:
        _print_report(problems, form)
    if elsewhere and form == "text":
        _print_aside(f"{_count(elsewhere, 'problem')} in other files; `pivotgen check` shows them.")
    if any_errors(problems) or (strict and problems):
        raise SystemExit(1)
    if form == "text":
        say("No problems." if not problems else f"{_count(len(problems), 'warning')}.")


def _print_theme_changes(context: click.Context) -> None:
    from pivotgen.commands._outdated_copies import outdated_copies
    from pivotgen.disk.places import Places

    config, site = open_site(context)
    print_diff(copy.change for copy in outdated_copies(Places(site, config.outside)))


def _print_report(problems: list[Problem], form: str) -> None:
    from pivotgen.problems.report import report

    if text := report(problems, form):
        (say_commands if form == "github" else say)(text)


def _fix(
    places: Places,
    problems: list[Problem],
    find_problems: Callable[[], list[Problem]],
    only_diff: bool,
    yes: bool,
) -> list[Problem]:
    """Apply the fixes of the problems, and return the problems that are left."""
    from pivotgen.edits.apply import changes_for

    changed: set[str] = set()
    seen: set[tuple[Change, ...]] = set()
    # A problem can hide another in the same file, so this goes on until there are no new fixes.
    while (changes := changes_for(places.site, problems)) not in seen and changes:
        seen.add(changes)
        if only_diff:
            print_diff(changes)
            raise SystemExit(1)
        if not confirm_changes(places, changes, yes=yes):
            break
        changed |= {change.path for change in changes}
        problems = find_problems()
    if changed:
        say(f"{count_files(len(changed))} fixed.")
    return problems


def _count(number: int, noun: str) -> str:
    return f"1 {noun}" if number == 1 else f"{number} {noun}s"


def _print_aside(line: str) -> None:
    say(line, err=True)
