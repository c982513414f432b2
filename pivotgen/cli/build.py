"""`build` on the command line."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path

import click

from pivotgen.cli._print import print_problems
from pivotgen.cli._progress import Bar
from pivotgen.cli._site import open_site, site_option


@click.command("build")
@site_option
@click.option("--drafts", is_flag=True, help="Include drafts.")
@click.option("--preview", is_flag=True, help="For a look: search engines are kept out.")
@click.option("--clean", is_flag=True, help="Make and write every file again.")
@click.option("--verify", is_flag=True, help="Build once more, aside, and compare every byte.")
@click.option("--workers", type=click.IntRange(1), help="Processes that work at once.")
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
    out: Path | None,
    base_url: str | None,
    memory: Path | None,
    as_json: bool,
) -> None:
    """Build content/ into public/."""
    from pivotgen.commands.build import build, build_and_verify, fault_of_folder
    from pivotgen.model.problem import any_errors
    from pivotgen.pipeline import Options

    config, site = open_site(context)
    if base_url:
        try:
            config = replace(config, base_url=base_url)
        except ValueError as error:
            raise click.UsageError(f"--base-url: {error}") from None
    target = (out or site / "public").absolute()
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise click.UsageError(f"{target} is not a folder of its own; move it, or name another")
    memory = memory.absolute() if memory else None
    for folder in (target, memory):
        if folder and (fault := fault_of_folder(site, folder)):
            raise click.UsageError(fault)
    options = Options(
        drafts=drafts, preview=preview, clean=clean, memory=memory, progress=Bar().show
    )
    run = build_and_verify if verify else build
    report = run(config, site, target, options, workers)
    print_problems(site, report.problems)
    if as_json:
        click.echo(json.dumps(asdict(report), ensure_ascii=False, indent=1))
    if any_errors(report.problems):
        raise SystemExit(1)
    if not as_json:
        gone = f", {report.removed} removed" if report.removed else ""
        click.echo(
            f"{report.files} files in {target.name}/, {report.written} of them written{gone}."
        )
