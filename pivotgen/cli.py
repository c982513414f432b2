"""The command line: the only place that prints and exits."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from pivotgen.model.config import Config
from pivotgen.model.edit import Change
from pivotgen.model.problem import Level, Problem, any_errors

if TYPE_CHECKING:
    from pivotgen.commands.new import Desk, Names

_FILE = "build.py"
_INTERRUPTED = 130
# Files from which work takes long enough to be shown.
_LONG = 500
# Steps of the bar that shows it.
_BAR = 30


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


@_commands.command("serve")
@_site
@click.option("--host", default="127.0.0.1", help="Address to answer at; 0.0.0.0 for a phone.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, help="The first port to try.")
@click.option("--editor", help="Address that opens {path} at {line} and {column} in an editor.")
@click.option("--poll", is_flag=True, help="Look for saves again and again (network disks).")
@click.pass_context
def _serve(context: click.Context, host: str, port: int, editor: str | None, poll: bool) -> None:
    """Show the site, drafts too, and follow every save until Ctrl-C."""
    from pivotgen.commands.serve import Shown, Wish, serve
    from pivotgen.engines.preview import Preview
    from pivotgen.engines.qr import qr
    from pivotgen.outputs.overlay import EDITOR

    site = _folder(context)
    try:
        (editor or EDITOR).format(path="", line=1, column=1)
    except (KeyError, IndexError, ValueError):
        raise click.UsageError("--editor may use {path}, {line} and {column} only") from None

    def ready(preview: Preview) -> None:
        if preview.moved:
            click.echo(f"Port {port} is busy; port {preview.port} is used instead.", err=True)
        click.echo(f"Preview at {preview.address()} - Ctrl-C ends it.")
        if network := preview.network_address():
            click.echo(f"In your network: {network}\n{qr(network)}")

    def told(shown: Shown) -> None:
        report = shown.report
        _tell(site, report.problems)
        if any_errors(report.problems):
            click.echo("Not built; the preview shows the last good pages.", err=True)
        else:
            saved = _few(sorted(shown.saved)) or "site"
            click.echo(f"{saved}: {report.written} written in {shown.seconds * 1000:.0f} ms")

    try:
        serve(site, Wish(host=host, port=port, editor=editor or EDITOR, poll=poll), ready, told)
    except OSError as error:
        said = error.strerror or error
        raise click.UsageError(f"cannot answer at {host}, port {port}: {said}") from None
    click.echo("Preview ended.", err=True)
    raise SystemExit(_INTERRUPTED)


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


@_commands.command("init")
@click.argument("folder", type=click.Path(path_type=Path))
def _init(folder: Path) -> None:
    """Begin a new site in FOLDER: layouts, assets, settings and a few pivots."""
    from pivotgen.commands.init import init

    try:
        count = init(folder)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    click.echo(f"{_files(count)} in {folder}. Its name and address are in {folder / _FILE}.")


@_commands.command("new")
@_site
@click.argument("origin", metavar="FROM", required=False)
@click.argument("target", metavar="TO", required=False)
@click.option("--title", help="The headline; asked for on a terminal.")
@click.option("--description", help="The deck under it; asked for on a terminal.")
@click.option("--window", help="Such as “6–12 months”; asked for on a terminal.")
@click.pass_context
def _new(
    context: click.Context,
    origin: str | None,
    target: str | None,
    title: str | None,
    description: str | None,
    window: str | None,
) -> None:
    """Begin a pivot: a draft that knows what the site knows, with TODO where you must write."""
    from pivotgen.commands.new import Told, desk
    from pivotgen.stages.save import save

    config, site = _opened(context)
    asks = sys.stdin.isatty()
    if not asks and not (origin and target):
        raise click.UsageError('name both roles: pivotgen new "Registered Nurse" "Data Analyst"')
    origin = origin or str(click.prompt("From which role"))
    target = target or str(click.prompt("To which role"))
    known = desk(config, site, target)
    if isinstance(known, list):
        _tell(site, known)
        raise SystemExit(1)

    def spanned(text: str) -> str:
        # Asked again at once; at the end, all the other answers would be lost with it.
        try:
            known.begun(names, Told("", "", text.strip()), date.today())
        except ValueError as error:
            raise click.BadParameter(str(error)) from None
        return text.strip()

    try:
        names = _meant(known, origin, target)
        for line in names.corrected:
            click.echo(line, err=True)
        told = Told(
            _asked("Title", title, asks),
            _asked("What carries over, and what does not, in a sentence", description, asks),
            _asked("How long it usually takes, such as 6–12 months", window, asks, spanned),
        )
        change = known.begun(names, told, date.today())
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    if problems := save(site, [change]):
        _tell(site, problems)
        raise SystemExit(1)
    click.echo(f"{change.path} is a draft; replace each TODO, then delete `draft: true`.")
    name = context.find_root().info_name
    click.echo(f"{name} serve shows the page while you write, {name} check says what is wrong.")


def _meant(known: Desk, origin: str, target: str) -> Names:
    """The two roles; a near one instead where that was meant."""
    names = known.names(origin, target)
    meant = {}
    for typed, near in names.doubtful:
        if sys.stdin.isatty() and click.confirm(f"Did you mean the role `{near}`?", default=True):
            meant[typed] = near
        else:
            click.echo(f"`{typed}` is a new role, and nearly the role `{near}`.", err=True)
    if not meant:
        return names
    return known.names(*(meant.get(" ".join(one.split()), one) for one in (origin, target)))


def _asked(
    question: str, given: str | None, asks: bool, right: Callable[[str], str] = str.strip
) -> str:
    """What was given or, on a terminal, is typed; "" is to become a TODO."""
    if given is not None or not asks:
        return given or ""
    text: str = click.prompt(
        f"{question} (Enter: later)", default="", show_default=False, value_proc=right
    )
    return text


@_commands.command("gaps")
@_site
@click.option("--limit", type=click.IntRange(1), default=10, show_default=True, help="How many.")
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
@click.pass_context
def _gaps(context: click.Context, limit: int, as_json: bool) -> None:
    """Say which pivots that are not written yet would help readers most, and why."""
    from pivotgen.commands.gaps import gaps

    config, site = _opened(context)
    found, report = gaps(config, site, limit)
    if any_errors(report.problems):
        _tell(site, report.problems)
        raise SystemExit(1)
    if as_json:
        click.echo(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=1))
        return
    for number, one in enumerate(found, 1):
        click.echo(f"{number:>3}  {one.origin} → {one.target}")
        for reason in one.reasons:
            click.echo(f"     {reason}")
    if found:
        click.echo(f'\nBegin one: pivotgen new "{found[0].origin}" "{found[0].target}"')
    else:
        click.echo("Every role that pivots name leads to every other.")


@_commands.command("status")
@_site
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.pass_context
def _status(context: click.Context, as_json: bool) -> None:
    """Say the state of every file, and why: broken, todo, draft, stale, unused or published."""
    from pivotgen.commands.status import STATES, status

    config, site = _opened(context)
    found, report = status(config, site, date.today())
    if not found and any_errors(report.problems):
        _tell(site, report.problems)
        raise SystemExit(1)
    counts = {state: sum(one.state == state for one in found) for state in STATES}
    if as_json:
        files = [asdict(one) for one in found]
        click.echo(json.dumps({"files": files, "counts": counts}, ensure_ascii=False, indent=1))
        return
    for one in found:
        click.echo(f"{one.state:<9}  {one.path}{f': {one.why}' if one.why else ''}")
    said = ", ".join(f"{count} {state}" for state, count in counts.items() if count)
    click.echo(f"{_files(len(found))}: {said or 'nothing yet'}.")


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


@_commands.command("lsp")
@_site
@click.pass_context
def _lsp(context: click.Context) -> None:
    """Serve an editor over standard input and output; docs/editors.md has the settings."""
    try:
        from pivotgen.commands.lsp import lsp
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("pygls", "lsprotocol"):
            raise
        click.echo("lsp needs the extra `lsp`: python -m pip install 'pivotgen[lsp]'", err=True)
        raise SystemExit(2) from None
    raise SystemExit(lsp(partial(_opened, context)))


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

    # As it may be copied from a report: `error[unknown-key]:`, or typed from memory.
    word = word and word.rpartition("[")[2].rstrip("]:").casefold().replace("_", "-")
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
    given: tuple[Config, Path] | None = context.obj
    folder = _folder(context)
    return given if given and given[1] == folder else (_config(folder), folder)


def _folder(context: click.Context) -> Path:
    named: Path | None = context.find_root().meta.get("site")
    given: tuple[Config, Path] | None = context.obj
    if given and not named:
        return given[1]
    start = (named or Path.cwd()).resolve()
    for folder in [start] if named else [start, *start.parents]:
        if (folder / _FILE).is_file():
            return folder
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

    explained: Problem | None = None
    for problem in problems:
        colour = "red" if problem.level is Level.ERROR else "yellow"
        paint = partial(click.style, fg=colour, bold=True)
        click.echo(excerpt(problem, _data(site / problem.path), paint), err=True)
        graver = explained is None or (explained.level, problem.level) == (
            Level.WARNING,
            Level.ERROR,
        )
        if graver and code(problem.code):
            explained = problem
    # Once, under the whole report, of the first that is serious: under every problem it would
    # drown them.
    if explained:
        click.echo(f"more: pivotgen help {explained.code}", err=True)


def _progress(stage: str, done: int, total: int) -> None:
    """Draw how far long work has come, on a terminal only, and wipe it out at the end."""
    steps = done * _BAR // total
    moved = done == total or steps != (done - 1) * _BAR // total
    if total < _LONG or not moved or not sys.stderr.isatty():
        return
    bar = f"{'█' * steps}{'░' * (_BAR - steps)} {stage} {done:,} of {total:,}"
    click.echo(f"\r\033[K{bar if done < total else ''}", err=True, nl=False)


def _data(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
