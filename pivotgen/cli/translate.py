"""`translate` on the command line."""

from __future__ import annotations

from pathlib import Path

import click

from pivotgen.cli._print import print_problems
from pivotgen.cli._site import open_site, site_option
from pivotgen.cli._terminal import say


@click.command("translate")
@site_option
@click.option("--done", is_flag=True, help="Note that FILE says what its source says now.")
@click.option("--export", is_flag=True, help="Write all texts of LANG to FILE, a PO file.")
@click.option("--import", "bring", is_flag=True, help="Bring in what came back in FILE.")
@click.argument("file", metavar="FILE")
@click.argument("words", metavar="LANG | [FIELD]...", nargs=-1)
@click.pass_context
def command(
    context: click.Context,
    done: bool,
    export: bool,
    bring: bool,
    file: str,
    words: tuple[str, ...],
) -> None:
    """Begin a translation of FILE into LANG; or, with --done, note that one is up to date.

    Without a FIELD, such as title or faqs, all of it is. PO files need the extra `po`.
    """
    if export or bring:
        _exchange(context, file, words, is_export=export)
        return
    from pivotgen.commands.translate import begin
    from pivotgen.commands.translate import done as note
    from pivotgen.disk.places import Places
    from pivotgen.edits.save import save

    config, site = open_site(context)
    if not done and len(words) != 1:
        raise click.UsageError("name a file and a language: pivotgen translate FILE LANG")
    try:
        path = _path(site, file)
        change = note(site, path, words) if done else begin(config, site, path, words[0])
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    problems = change if isinstance(change, list) else save(Places(site, config.outside), [change])
    if problems or isinstance(change, list):
        print_problems(site, problems)
        raise SystemExit(1)
    if done:
        outcome = "says what its source says now" if change.old != change.new else "said so already"
        say(f"{change.path} {outcome}.")
        return
    say(f"{change.path} is a draft; replace each TODO, then delete `draft: true`.")


def _exchange(
    context: click.Context, file: str, words: tuple[str, ...], *, is_export: bool
) -> None:
    try:
        from pivotgen.commands.exchange import PoFileError, export_po, import_po
    except ImportError:
        raise click.UsageError('PO files need the extra `po`: pip install "pivotgen[po]"') from None
    from pivotgen.disk.places import Places
    from pivotgen.edits.save import save

    config, site = open_site(context)
    try:
        if is_export:
            if len(words) != 1:
                raise click.UsageError("name a language: pivotgen translate --export FILE LANG")
            Path(file).write_text(export_po(config, site, words[0]), "utf-8")
            say(f"{file} has every text of the site; send it to whoever translates it.")
            return
        changes = import_po(config, site, Path(file).read_text("utf-8"))
    except (ValueError, PoFileError, OSError) as error:
        raise click.UsageError(str(error)) from None
    if problems := save(Places(site, config.outside), changes):
        print_problems(site, problems)
        raise SystemExit(1)
    for change in changes:
        say(f"{change.path} is written.")
    if not changes:
        say("Nothing in it is new.")


def _path(site: Path, file: str) -> str:
    """The path of a file from the site's folder; it may be typed from there or from here."""
    here = Path(file).absolute()
    if here.is_file() and here.is_relative_to(site):
        return here.relative_to(site).as_posix()
    return Path(file).as_posix()
