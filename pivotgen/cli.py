"""The command line: the only place that prints and exits."""

from __future__ import annotations

import runpy
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import click

from pivotgen.model.config import Config
from pivotgen.model.problem import Level, Problem, any_errors

_FILE = "build.py"


def main(config: Config) -> None:
    """The front door of a site's build.py: run the command named on the command line."""
    folder = Path(sys.modules["__main__"].__file__ or ".").resolve().parent
    _commands.main(obj=(config, folder), prog_name="python build.py")


def run() -> None:
    """The `pivotgen` command."""
    _commands.main(prog_name="pivotgen")


@click.group(invoke_without_command=True)
@click.option("--site", type=click.Path(path_type=Path), help="Folder that holds build.py.")
@click.pass_context
def _commands(context: click.Context, site: Path | None) -> None:
    """Build a career-pivot site from Markdown files. Without a command: build."""
    if context.obj is None and context.invoked_subcommand != "schema":
        context.obj = _found(site)
    if context.invoked_subcommand is None:
        context.invoke(_build)


@_commands.command("build")
@click.option("--drafts", is_flag=True, help="Include drafts.")
@click.option("--out", type=click.Path(path_type=Path), help="Folder to build into.")
@click.option("--base-url", help="Address of the site instead of build.py's.")
@click.pass_context
def _build(
    context: click.Context,
    drafts: bool = False,
    out: Path | None = None,
    base_url: str | None = None,
) -> None:
    """Build content/ into public/."""
    from pivotgen.commands.build import build

    config, site = context.obj
    if base_url:
        config = replace(config, base_url=base_url.rstrip("/"))
    target = out or site / "public"
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise click.UsageError(f"{target} is not a folder of its own; move it, or name another")
    report = build(config, site, target, drafts=drafts)
    _tell(site, report.problems)
    if any_errors(report.problems):
        raise SystemExit(1)
    click.echo(f"{report.files} files in {target.name}/, {report.changed} of them written.")


@_commands.command("check")
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
@click.pass_context
def _check(context: click.Context, strict: bool) -> None:
    """Find every problem; write nothing."""
    from pivotgen.commands.check import check

    config, site = context.obj
    problems = check(config, site).problems
    _tell(site, problems)
    if any_errors(problems) or (strict and problems):
        raise SystemExit(1)
    click.echo("No problems." if not problems else f"{len(problems)} warnings.")


@_commands.command("schema")
@click.argument("kind", type=click.Choice(["pivot", "role"]), default="pivot")
def _schema(kind: str) -> None:
    """Print the JSON Schema of a pivot's (or a role's) frontmatter."""
    from pivotgen.commands.schema import schema

    click.echo(schema(kind))


def _found(site: Path | None) -> tuple[Config, Path]:
    start = (site or Path.cwd()).resolve()
    for folder in [start] if site else [start, *start.parents]:
        if (folder / _FILE).is_file():
            config = runpy.run_path(str(folder / _FILE)).get("config")
            if isinstance(config, Config):
                return config, folder
            raise click.UsageError(f"{folder / _FILE} has no `config = Config(...)`")
    raise click.UsageError(f"there is no {_FILE} in {start}; name the site's folder with --site")


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
