"""`gaps` on the command line."""

from __future__ import annotations

from dataclasses import asdict

import click

from pivotgen.cli._print import print_problems
from pivotgen.cli._site import open_site, site_option
from pivotgen.cli._terminal import say


@click.command("gaps")
@site_option
@click.option("--limit", type=click.IntRange(1), default=10, show_default=True, help="How many.")
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
@click.pass_context
def command(context: click.Context, limit: int, as_json: bool) -> None:
    """Say which pivots that are not written yet would help readers most, and why."""
    from pivotgen.commands.gaps import gaps
    from pivotgen.model.problem import any_errors
    from pivotgen.problems.formats.json_text import json_text

    config, site = open_site(context)
    ranked, report = gaps(config, site, limit)
    if any_errors(report.problems):
        print_problems(site, report.problems)
        raise SystemExit(1)
    if as_json:
        say(json_text([asdict(gap) for gap in ranked]))
        return
    for number, gap in enumerate(ranked, 1):
        say(f"{number:>3}  {gap.origin} → {gap.target}")
        for reason in gap.reasons:
            say(f"     {reason}")
    if ranked:
        say(f'\nBegin one: pivotgen new "{ranked[0].origin}" "{ranked[0].target}"')
    else:
        say("Every role that pivots name leads to every other.")
