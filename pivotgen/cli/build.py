"""`build` on the command line."""

from __future__ import annotations

import sys
from contextlib import nullcontext, redirect_stdout
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pivotgen.cli._print import print_problems
from pivotgen.cli._progress import Bar
from pivotgen.cli._site import find_settings, site_option
from pivotgen.cli._terminal import say

if TYPE_CHECKING:
    from pivotgen.model.report import BuildReport


@click.command("build")
@site_option
@click.option("--drafts", is_flag=True, help="Include drafts.")
@click.option("--preview", is_flag=True, help="For a look: search engines are kept out.")
@click.option("--clean", is_flag=True, help="Make and write every file again.")
@click.option("--verify", is_flag=True, help="Build once more, aside, and compare every byte.")
@click.option("--workers", type=click.IntRange(1), help="Processes that work at once.")
@click.option("--cluster", metavar="ADDRESS", help="Scheduler whose workers build it.")
@click.option("--out", type=click.Path(path_type=Path), help="Folder to build into.")
@click.option("--base-url", help="Address of the site instead of build.py's.")
@click.option("--memory", type=click.Path(path_type=Path), help="Folder of .pivotgen/'s files.")
@click.option("--json", "as_json", is_flag=True, help="Say what was done as JSON.")
@click.pass_context
def command(
    context: click.Context,
    drafts: bool,
    preview: bool,
    clean: bool,
    verify: bool,
    workers: int | None,
    cluster: str | None,
    out: Path | None,
    base_url: str | None,
    memory: Path | None,
    as_json: bool,
) -> None:
    """Build content/ into public/."""
    from pivotgen.commands.build import BuildOptions, build
    from pivotgen.model.report import SiteError
    from pivotgen.problems.formats.json_text import json_text

    if workers and cluster:
        raise click.UsageError("either --workers or --cluster: a cluster has workers of its own")
    site, config = find_settings(context)
    options = BuildOptions(
        out=out,
        base_url=base_url or "",
        drafts=drafts,
        preview=preview,
        clean=clean,
        verify=verify,
        workers=workers,
        cluster=cluster or "",
        memory=memory,
        progress=Bar().show,
    )
    try:
        # What the site's own program prints must not mix with what is for programs.
        with redirect_stdout(sys.stderr) if as_json else nullcontext():
            report = build(site, config, options)
    except SiteError as error:
        raise click.UsageError(str(error)) from None
    print_problems(site, report.problems)
    if as_json:
        say(json_text(_numbers(report)))
    if not report.ok:
        raise SystemExit(1)
    if not as_json:
        gone = f", {len(report.removed)} removed" if report.removed else ""
        copies = f", {report.written_copies} compressed copies" if report.written_copies else ""
        written = f"{len(report.written) - report.written_copies} of them written{copies}{gone}"
        say(f"{report.files} files in {report.out.name}/, {written}.")


def _numbers(report: BuildReport) -> dict[str, Any]:
    """The report for programs: problems whole, files as numbers."""
    return {
        "problems": [asdict(problem) for problem in report.problems],
        "files": report.files,
        "rendered": report.rendered,
        "written": len(report.written),
        "written_copies": report.written_copies,
        "removed": len(report.removed),
        "parsed": report.parsed,
        "reasons": report.reasons,
        "seconds": report.seconds,
    }
