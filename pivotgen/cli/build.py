"""`build` on the command line."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import click

from pivotgen.cli._print import print_problems
from pivotgen.cli._site import open_site, site_option

# From how many files on a bar shows the progress.
_LONG = 500
# How many steps the bar has.
_BAR = 30


@click.command("build")
@site_option
@click.option("--drafts", is_flag=True, help="Include drafts.")
@click.option("--clean", is_flag=True, help="Make and write every file again.")
@click.option("--verify", is_flag=True, help="Build once more, aside, and compare every byte.")
@click.option("--workers", type=click.IntRange(1), help="Processes that work at once.")
@click.option("--out", type=click.Path(path_type=Path), help="Folder to build into.")
@click.option("--base-url", help="Address of the site instead of build.py's.")
@click.option("--json", "as_json", is_flag=True, help="Say what was done as JSON.")
@click.pass_context
def command(
    context: click.Context,
    drafts: bool,
    clean: bool,
    verify: bool,
    workers: int | None,
    out: Path | None,
    base_url: str | None,
    as_json: bool,
) -> None:
    """Build content/ into public/."""
    from pivotgen.commands.build import build, build_and_verify
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
    options = Options(drafts=drafts, clean=clean, progress=_Bar().show)
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


@dataclass(slots=True)
class _Bar:
    """The progress of long work, on a terminal only; the bar goes when the work is done."""

    # The stage and the step that the terminal shows.
    shown: tuple[str, int] = ("", 0)

    def show(self, stage: str, done: int, total: int) -> None:
        """Show how much of a stage is done, where that moves the bar."""
        steps = done * _BAR // total
        if total < _LONG or self.shown == (stage, steps) or not sys.stderr.isatty():
            return
        self.shown = (stage, steps)
        bar = f"{'█' * steps}{'░' * (_BAR - steps)} {stage} {done:,} of {total:,}"
        click.echo(f"\r\033[K{bar if done < total else ''}", err=True, nl=False)
