"""The command line: the only place that prints and exits."""

from __future__ import annotations

import json
import runpy
import sys
import traceback
from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import NoReturn

import click

from pivotgen.model.config import Config
from pivotgen.model.problem import Level, Problem, any_errors

_FILE = "build.py"
_INTERRUPTED = 130


def main(config: Config) -> None:
    """The front door of a site's build.py: run the command named on the command line."""
    folder = Path(sys.modules["__main__"].__file__ or ".").resolve().parent
    _run("python build.py", (config, folder))


def run() -> None:
    """The `pivotgen` command."""
    _run("pivotgen", None)


def _run(name: str, given: tuple[Config, Path] | None) -> NoReturn:
    try:
        status = _commands.main(prog_name=name, obj=given, standalone_mode=False)
    except click.Abort:
        click.echo("Interrupted; every file that was written is whole.", err=True)
        status = _INTERRUPTED
    except click.ClickException as error:
        error.show()
        status = error.exit_code
    sys.exit(status if isinstance(status, int) else 0)


def _keep_site(context: click.Context, _: click.Parameter, site: Path | None) -> None:
    if site:
        context.find_root().meta["site"] = site


# Before or after the command's name, whichever comes to mind.
_site = click.option(
    "--site",
    type=click.Path(path_type=Path),
    callback=_keep_site,
    expose_value=False,
    help="Folder that holds build.py.",
)


@click.group(invoke_without_command=True)
@_site
@click.pass_context
def _commands(context: click.Context) -> None:
    """Build a career-pivot site from Markdown files. Without a command: build."""
    if context.invoked_subcommand is None:
        context.invoke(_build)


@_commands.command("build")
@_site
@click.option("--drafts", is_flag=True, help="Include drafts.")
@click.option("--clean", is_flag=True, help="Make and write every file again.")
@click.option("--verify", is_flag=True, help="Build once more, aside, and compare every byte.")
@click.option("--out", type=click.Path(path_type=Path), help="Folder to build into.")
@click.option("--base-url", help="Address of the site instead of build.py's.")
@click.option("--json", "as_json", is_flag=True, help="Say what was done as JSON.")
@click.pass_context
def _build(
    context: click.Context,
    drafts: bool = False,
    clean: bool = False,
    verify: bool = False,
    out: Path | None = None,
    base_url: str | None = None,
    as_json: bool = False,
) -> None:
    """Build content/ into public/."""
    from pivotgen.commands.build import build

    config, site = _opened(context)
    if base_url:
        try:
            config = replace(config, base_url=base_url)
        except ValueError as error:
            raise click.UsageError(f"--base-url: {error}") from None
    target = (out or site / "public").absolute()
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise click.UsageError(f"{target} is not a folder of its own; move it, or name another")
    report = build(config, site, target, drafts=drafts, clean=clean, verify=verify)
    _tell(site, report.problems)
    if as_json:
        click.echo(json.dumps(asdict(report), ensure_ascii=False, indent=1))
    if any_errors(report.problems):
        raise SystemExit(1)
    if not as_json:
        click.echo(f"{report.files} files in {target.name}/, {report.changed} of them written.")


@_commands.command("check")
@_site
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github", "sarif"]),
    default="text",
    help="How to report; all but text go to standard output.",
)
@click.option("--external", is_flag=True, help="Ask links to other sites too (network).")
@click.pass_context
def _check(context: click.Context, strict: bool, form: str, external: bool) -> None:
    """Find every problem; write nothing."""
    from pivotgen.commands.check import check
    from pivotgen.outputs.report import report

    config, site = _opened(context)
    problems = check(config, site, date.today(), external=_aside if external else None).problems
    if form == "text":
        _tell(site, problems)
    elif text := report(problems, form):
        click.echo(text)
    if any_errors(problems) or (strict and problems):
        raise SystemExit(1)
    if form == "text":
        click.echo("No problems." if not problems else f"{_count(problems)}.")


def _aside(text: str) -> None:
    click.echo(text, err=True)


def _count(problems: tuple[Problem, ...]) -> str:
    return "1 warning" if len(problems) == 1 else f"{len(problems)} warnings"


@_commands.command("reading")
@_site
@click.pass_context
def _reading(context: click.Context) -> None:
    """Say how hard each pivot is to read, the hardest first."""
    from pivotgen.commands.reading import reading

    config, site = _opened(context)
    readings, report = reading(config, site)
    if any_errors(report.problems):
        _tell(site, report.problems)
        raise SystemExit(1)
    click.echo("LIX               words  longest sentence")
    for one in readings:
        place = f"{one.path}:{one.line}"
        click.echo(
            f"{one.lix:>3}  {one.grade:<10}  {one.words:>6}  {one.longest:>3} words  {place}"
        )


@_commands.command("schema")
@_site
@click.argument("kind", type=click.Choice(["pivot", "role"]), default="pivot")
@click.option("--markdown", is_flag=True, help="A table for people instead.")
def _schema(kind: str, markdown: bool) -> None:
    """Print the JSON Schema of a pivot's (or a role's) frontmatter."""
    from pivotgen.commands.schema import schema

    click.echo(schema(kind, markdown=markdown))


def _opened(context: click.Context) -> tuple[Config, Path]:
    """The site that the command acts on: the one named, build.py's own, or the nearest above."""
    named: Path | None = context.find_root().meta.get("site")
    given: tuple[Config, Path] | None = context.obj
    if given and not named:
        return given
    start = (named or Path.cwd()).resolve()
    for folder in [start] if named else [start, *start.parents]:
        if (folder / _FILE).is_file():
            return _config(folder), folder
    raise click.UsageError(f"there is no {_FILE} in {start}; name the site's folder with --site")


def _config(folder: Path) -> Config:
    try:
        config = runpy.run_path(str(folder / _FILE)).get("config")
    # build.py is the site's own program: whatever it raises is its author's to mend.
    except Exception as error:
        _tell(folder, [_fault(folder, error)])
        raise SystemExit(1) from None
    if isinstance(config, Config):
        return config
    problem = Problem(
        _FILE, 1, 1, "config", "there is no `config` here", "add `config = Config(…)`"
    )
    _tell(folder, [problem])
    raise SystemExit(1)


def _fault(folder: Path, error: Exception) -> Problem:
    """What went wrong in build.py, at its line there."""
    if isinstance(error, SyntaxError):
        return Problem(_FILE, error.lineno or 1, error.offset or 1, "config", error.msg)
    line = 1
    for frame in traceback.extract_tb(error.__traceback__):
        if frame.filename == str(folder / _FILE):
            line = frame.lineno or line
    plain = isinstance(error, ValueError)
    message = str(error) if plain else f"{type(error).__name__}: {error}"
    return Problem(_FILE, line, 1, "config", message, "mend the settings")


def _tell(site: Path, problems: Iterable[Problem]) -> None:
    """Print problems to standard error, each with its source line and a caret."""
    for problem in problems:
        colour = "red" if problem.level is Level.ERROR else "yellow"
        place = f"{problem.path}:{problem.line}:{problem.column}"
        label = click.style(f"{problem.level}[{problem.code}]", fg=colour, bold=True)
        click.echo(f"{place}: {label}: {problem.message}", err=True)
        if (line := _line(site / problem.path, problem.line)) is not None:
            click.echo(f"    {line}\n    {' ' * (problem.column - 1)}^", err=True)
        if problem.hint:
            click.echo(f"hint: {problem.hint}", err=True)


def _line(path: Path, number: int) -> str | None:
    try:
        lines = path.read_bytes().decode("utf-8-sig", "replace").splitlines()
    except OSError:
        return None
    return lines[number - 1].replace("\t", " ") if number <= len(lines) else None
