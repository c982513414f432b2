"""The command line: the only place that prints and exits."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import NoReturn

import click

from pivotgen.model.config import Config
from pivotgen.model.edit import Change
from pivotgen.model.problem import Level, Problem, any_errors

_FILE = "build.py"
_INTERRUPTED = 130
# Files from which work takes long enough to be shown.
_LONG = 500


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


_yes = click.option("--yes", is_flag=True, help="Do not ask before changing files.")


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
@click.option("--workers", type=click.IntRange(1), help="Processes that work at once.")
@click.option("--out", type=click.Path(path_type=Path), help="Folder to build into.")
@click.option("--base-url", help="Address of the site instead of build.py's.")
@click.option("--json", "as_json", is_flag=True, help="Say what was done as JSON.")
@click.pass_context
def _build(
    context: click.Context,
    drafts: bool = False,
    clean: bool = False,
    verify: bool = False,
    workers: int | None = None,
    out: Path | None = None,
    base_url: str | None = None,
    as_json: bool = False,
) -> None:
    """Build content/ into public/."""
    from pivotgen.commands.build import build
    from pivotgen.pipeline import Options

    config, site = _opened(context)
    if base_url:
        try:
            config = replace(config, base_url=base_url)
        except ValueError as error:
            raise click.UsageError(f"--base-url: {error}") from None
    target = (out or site / "public").absolute()
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise click.UsageError(f"{target} is not a folder of its own; move it, or name another")
    options = Options(drafts=drafts, clean=clean, progress=_progress)
    report = build(config, site, target, options, verify=verify, workers=workers)
    _tell(site, report.problems)
    if as_json:
        click.echo(json.dumps(asdict(report), ensure_ascii=False, indent=1))
    if any_errors(report.problems):
        raise SystemExit(1)
    if not as_json:
        gone = f", {report.removed} removed" if report.removed else ""
        click.echo(
            f"{report.files} files in {target.name}/, {report.written} of them written{gone}."
        )


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
@click.option("--fix", is_flag=True, help="Mend what has one right answer; shows it and asks.")
@click.option("--diff", "only_diff", is_flag=True, help="Show what --fix would change.")
@_yes
@click.pass_context
def _check(
    context: click.Context,
    strict: bool,
    form: str,
    external: bool,
    fix: bool,
    only_diff: bool,
    yes: bool,
) -> None:
    """Find every problem; write nothing, unless asked to mend."""
    from pivotgen.commands.check import check
    from pivotgen.outputs.report import report

    if form != "text" and (fix or only_diff):
        raise click.UsageError("--fix and --diff report as text")
    config, site = _opened(context)
    problems = check(config, site, date.today(), external=_aside if external else None).problems
    if fix or only_diff:
        problems = _mended(config, site, problems, only_diff, yes)
    if form == "text":
        _tell(site, problems)
    elif text := report(problems, form):
        click.echo(text)
    if any_errors(problems) or (strict and problems):
        raise SystemExit(1)
    if form == "text":
        click.echo("No problems." if not problems else f"{_count(problems)}.")


def _mended(
    config: Config, site: Path, problems: list[Problem], only_diff: bool, yes: bool
) -> list[Problem]:
    """Mend what can be mended; the problems that are left."""
    from pivotgen.commands.check import check
    from pivotgen.commands.mend import mended

    touched: set[str] = set()
    seen: set[tuple[Change, ...]] = set()
    # A problem can hide another in the same file, so that mending goes on until nothing is left.
    while (changes := mended(site, problems)) not in seen and changes:
        seen.add(changes)
        if only_diff:
            _show(changes)
            raise SystemExit(1)
        if not _saved(site, changes, yes):
            break
        touched |= {change.path for change in changes}
        problems = check(config, site, date.today()).problems
    if touched:
        click.echo(f"{_files(len(touched))} mended.")
    return problems


def _show(changes: Iterable[Change]) -> None:
    from pivotgen.outputs.diff import diff

    colours = {"+": "green", "-": "red", "@": "cyan"}
    for line in diff(changes).splitlines(keepends=True):
        colour = None if line.startswith(("+++", "---")) else colours.get(line[0])
        click.secho(line, nl=False, fg=colour)


def _saved(site: Path, changes: Sequence[Change], yes: bool) -> bool:
    """Show the changes, ask, and write them; whether they were written."""
    from pivotgen.stages.save import save

    _show(changes)
    files = _files(len(changes))
    if not yes and not sys.stdin.isatty():
        click.echo("Nothing was changed; --yes writes the changes.", err=True)
        return False
    if not yes and not click.confirm(f"Change {files}?"):
        return False
    if problems := save(site, changes):
        _tell(site, problems)
        raise SystemExit(1)
    return True


def _files(number: int) -> str:
    return "1 file" if number == 1 else f"{number} files"


def _few(paths: Sequence[str]) -> str:
    more = f" and {len(paths) - 5} more" if len(paths) > 5 else ""
    return f"{', '.join(paths[:5])}{more}"


def _count(problems: Sequence[Problem]) -> str:
    return "1 warning" if len(problems) == 1 else f"{len(problems)} warnings"


@_commands.command("why")
@_site
@click.argument("what", metavar="URL|FILE")
@click.option("--drafts", is_flag=True, help="As a build with --drafts sees it.")
@click.option("--out", type=click.Path(path_type=Path), help="Folder that was built into.")
@click.pass_context
def _why(context: click.Context, what: str, drafts: bool, out: Path | None) -> None:
    """Say why a page would be made again or not, or what a file is published as. Writes nothing."""
    from pivotgen.commands.why import why

    config, site = _opened(context)
    try:
        lines, problems = why(config, site, what, (out or site / "public").absolute(), drafts)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    click.echo("\n".join(lines), nl=bool(lines))
    _tell(site, problems)
    if any_errors(problems):
        raise SystemExit(1)


@_commands.command("fmt")
@_site
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--check", "only_check", is_flag=True, help="Change nothing; exit 1 if it would.")
@click.option("--diff", "only_diff", is_flag=True, help="Show what would change, and no more.")
@click.pass_context
def _fmt(
    context: click.Context, files: tuple[Path, ...], only_check: bool, only_diff: bool
) -> None:
    """Tidy the frontmatter of all pivots and roles, or of FILES. What it means never changes."""
    from pivotgen.commands.fmt import tidied
    from pivotgen.stages.save import save

    _, site = _opened(context)
    try:
        changes, problems = tidied(site, files)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    if only_diff:
        _show(changes)
    elif only_check:
        for change in changes:
            click.echo(change.path)
    else:
        problems += save(site, changes)
    _tell(site, problems)
    if problems or (changes and (only_check or only_diff)):
        raise SystemExit(1)
    if not (only_check or only_diff):
        click.echo(f"{_files(len(changes))} tidied.")


@_commands.command("rename-role")
@_site
@click.argument("old")
@click.argument("new")
@_yes
@click.pass_context
def _rename_role(context: click.Context, old: str, new: str, yes: bool) -> None:
    """Give the role OLD the name NEW everywhere, and redirect its old pages."""
    _renamed(context, "role", old, new, yes)


@_commands.command("rename-skill")
@_site
@click.argument("old")
@click.argument("new")
@_yes
@click.pass_context
def _rename_skill(context: click.Context, old: str, new: str, yes: bool) -> None:
    """Give the skill OLD the name NEW everywhere, and redirect its old page."""
    _renamed(context, "skill", old, new, yes)


def _renamed(context: click.Context, kind: str, old: str, new: str, yes: bool) -> None:
    from pivotgen.commands.rename import renamed

    _, site = _opened(context)
    try:
        renaming = renamed(site, kind, old, new)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    if renaming.problems:
        _tell(site, renaming.problems)
        raise SystemExit(1)
    if not _saved(site, renaming.changes, yes):
        raise SystemExit(1)
    click.echo(f"{_files(len(renaming.changes))} changed.")
    if kind == "role" and not renaming.file:
        click.echo(f"No file describes the role, so nobody who still writes `{old}` is corrected.")
    if renaming.still:
        count = _files(len(renaming.still))
        click.echo(f"The text of {count} still says `{old}`: {_few(renaming.still)}")


def _aside(text: str) -> None:
    click.echo(text, err=True)


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


@_commands.command("help")
@click.argument("word", required=False)
@click.option("--markdown", is_flag=True, help="Every code, as docs/errors.md.")
@click.pass_context
def _help(context: click.Context, word: str | None, markdown: bool) -> None:
    """Explain the code of a problem; without one, list all codes."""
    from difflib import get_close_matches

    from pivotgen.codes import code, codes
    from pivotgen.commands import help as pages
    from pivotgen.outputs.explanation import explanation

    if markdown or not word:
        click.echo(pages.markdown() if markdown else pages.overview())
    elif command := _commands.commands.get(word):
        with click.Context(command, context.parent, word) as inner:
            click.echo(command.get_help(inner))
    elif found := code(word):
        click.echo(explanation(found))
    else:
        near = get_close_matches(word, codes(), 1)
        hint = f"did you mean `{near[0]}`?" if near else "`pivotgen help` lists them"
        raise click.UsageError(f"there is no code `{word}`; {hint}")


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
    from pivotgen.engines.settings import settings

    config = settings(folder)
    if isinstance(config, Problem):
        _tell(folder, [config])
        raise SystemExit(1)
    return config


def _tell(site: Path, problems: Iterable[Problem]) -> None:
    """Print problems to standard error, each with its source line and a caret."""
    from pivotgen.codes import code
    from pivotgen.outputs.excerpt import excerpt

    explained = None
    for problem in problems:
        colour = "red" if problem.level is Level.ERROR else "yellow"
        paint = partial(click.style, fg=colour, bold=True)
        click.echo(excerpt(problem, _data(site / problem.path), paint), err=True)
        if explained is None and code(problem.code):
            explained = problem.code
    # Once, under the whole report: said under every problem it would drown them.
    if explained:
        click.echo(f"more: pivotgen help {explained}", err=True)


def _progress(stage: str, done: int, total: int) -> None:
    """Show how far long work has come, on a terminal only."""
    if total >= _LONG and sys.stderr.isatty():
        end = "\r" if done < total else "\033[K\r"
        click.echo(f"\033[K{stage} {done:,} of {total:,}{end}", err=True, nl=False)


def _data(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
