"""`init` on the command line."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import click

from pivotgen.cli._print import count_files
from pivotgen.cli._terminal import say

_NAME, _ADDRESS, _LANGUAGE = "Career pivots", "https://example.com", "en"
_NEXT = (
    "pivotgen serve",
    'pivotgen new "Software Engineer" "Product Manager"',
    "pivotgen build",
)


@click.command("init")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--name", help="Name of the site.")
@click.option("--base-url", help="Address of the site, such as https://example.com.")
@click.option("--language", help="Language code of the site, such as en or es.")
def command(folder: Path, name: str | None, base_url: str | None, language: str | None) -> None:
    """Begin a new site in FOLDER: settings, three example pivots, and a README.

    On a terminal it asks for what no option says.
    """
    from pivotgen.commands.init import Beginning, init, languages

    beginning = Beginning(
        name or _ask("Name of the site", _NAME),
        base_url or _ask("Address of the site", _ADDRESS),
        language or _ask(f"Language ({', '.join(languages())}, or another)", _LANGUAGE),
    )
    try:
        begun = init(folder, beginning)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    is_here = folder.resolve() == Path.cwd()
    where = "this folder" if is_here else str(folder)
    say(f"{count_files(begun.files)} written in {where}.")
    for kept in begun.kept:
        say(f"{kept} was there already and stays as it is.")
    if beginning.language not in languages():
        file = f"layouts/phrases/{beginning.language}.yaml"
        say(f"pivotgen does not speak `{beginning.language}` yet: translate {file}.")
    say("\nNext:")
    way = [] if is_here else [f"cd {shlex.quote(str(folder))}"]
    for line in [*way, *_NEXT][:3]:
        say(f"  {line}")


def _ask(question: str, default: str) -> str:
    """The answer of whoever sits at the terminal; the default where there is none."""
    if not sys.stdin.isatty():
        return default
    answer: str = click.prompt(question, default=default)
    return answer.strip()
