"""`diff` on the command line."""

from __future__ import annotations

import click

from pivotgen.cli._print import print_problems
from pivotgen.cli._progress import Bar
from pivotgen.cli._site import find_settings, site_option
from pivotgen.cli._terminal import say


@click.command("diff")
@site_option
@click.argument("against", required=False, metavar="[RELEASE|DIR]")
@click.option("--target", metavar="NAME", help="The target that has the release.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "html", "json"]),
    default="text",
    show_default=True,
    help="markdown is for a pull request, html shows both side by side.",
)
@click.pass_context
def command(context: click.Context, against: str | None, target: str | None, form: str) -> None:
    """Say what a reader would notice between a release or a built site, and this site now.

    Without an argument it is compared with what readers see at the target.
    """
    from dataclasses import asdict

    from pivotgen.commands.diff import DiffOptions, diff
    from pivotgen.differences.as_page import as_page
    from pivotgen.differences.as_text import as_markdown, as_text
    from pivotgen.model.report import SiteError
    from pivotgen.problems.formats.json_text import json_text

    site, config = find_settings(context)
    options = DiffOptions(against=against or "", target=target or "", progress=Bar().show)
    try:
        report = diff(site, config, options)
    except SiteError as error:
        raise click.UsageError(str(error)) from None
    print_problems(site, report.problems)
    if not report.ok:
        raise SystemExit(1)
    differences = report.differences
    match form:
        case "json":
            say(json_text(asdict(differences)))
        case "html":
            say(as_page(differences), nl=False)
        case "markdown":
            say(as_markdown(differences), nl=False)
        case _:
            say(as_text(differences), nl=False)
