"""`init` on the command line."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pivotgen.cli._print import count_files
from pivotgen.cli._terminal import say
from pivotgen.model.hosts import HOSTS

if TYPE_CHECKING:
    from pivotgen.commands.init import Begun

_NAME, _ADDRESS, _LANGUAGE = "Career pivots", "https://example.com", "en"
_NEXT = (
    "pivotgen serve",
    'pivotgen new "Software Engineer" "Product Manager"',
    "pivotgen build",
)


@click.command("init")
@click.argument("folder", type=click.Path(path_type=Path), default=".", metavar="[FOLDER]")
@click.option("--name", help="Name of the site.")
@click.option("--base-url", help="Address of the site, such as https://example.com.")
@click.option("--language", help="Language code of the site, such as en or es.")
@click.option("--host", type=click.Choice(list(HOSTS)), help="Write what this host needs.")
@click.option(
    "--ci",
    "service",
    type=click.Choice(["github", "gitlab"]),
    help="Write what checks changes there.",
)
def command(
    folder: Path,
    name: str | None,
    base_url: str | None,
    language: str | None,
    host: str | None,
    service: str | None,
) -> None:
    """Begin a new site in FOLDER: settings, three example pivots, and a README.

    Without FOLDER it is the current one. On a terminal it asks for what no option says. With --host
    or --ci, a site that is there already gets the files for them; where it has a target, --ci
    deploys to it, too.
    """
    from pivotgen.commands._host_files import service_of
    from pivotgen.commands.init import Beginning, add_host, init, is_site, languages

    host, service = host or "", service or ""
    try:
        service = service_of(host, service)
        if service + host and is_site(folder):
            _print_added(folder, add_host(folder, host, service))
            _print_lines("To publish:", _ways_to_publish(folder, host, service))
            return
        beginning = Beginning(
            name or _ask("Name of the site", _NAME),
            base_url or _ask("Address of the site", _ADDRESS),
            language or _ask(f"Language ({', '.join(languages())}, or another)", _LANGUAGE),
            host,
            service,
        )
        begun = init(folder, beginning)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    _print_added(folder, begun)
    if beginning.language not in languages():
        file = f"layouts/phrases/{beginning.language}.yaml"
        say(f"pivotgen does not speak `{beginning.language}` yet: translate {file}.")
    way = [] if _is_here(folder) else [f"cd {shlex.quote(str(folder))}"]
    _print_lines("Next:", [*way, *_NEXT][:3])
    if service + host:
        lines = [*_ways_to_publish(folder, host, service)]
        if beginning.base_url == _ADDRESS and host != "github-pages":
            lines.insert(0, "Write the address of the site into build.py, as base_url.")
        _print_lines("To publish:", lines)


def _print_added(folder: Path, begun: Begun) -> None:
    where = "this folder" if _is_here(folder) else str(folder)
    say(f"{count_files(begun.files)} written in {where}.")
    for kept in begun.kept:
        say(f"{kept} was there already and stays as it is.")
    for line in begun.settings:
        say(f"Write into Config(…) of build.py: {line}")
    for file, line in begun.lines:
        say(f"Write into {file}: {line}")


def _ways_to_publish(folder: Path, host: str, service: str) -> Iterator[str]:
    """What is to be done, commands and deeds, in their order."""
    from pivotgen.commands._host_files import steps_to_publish

    yield "pivotgen lock"
    place = folder.resolve()
    if not any((above / ".git").exists() for above in (place, *place.parents)):
        yield "git init -b main"
    yield 'git add . && git commit -m "Publish the site"'
    yield from steps_to_publish(host, service)
    if service:
        yield from _ways_to_deploy(folder, service)


def _ways_to_deploy(folder: Path, service: str) -> Iterator[str]:
    """How a service gets the keys of the target that the settings name."""
    from pivotgen.commands._deploy_files import secrets_for_ci
    from pivotgen.engines.settings import read_settings
    from pivotgen.model.config import Config

    config = read_settings(folder)
    if keys := secrets_for_ci(config) if isinstance(config, Config) else ():
        place = {
            "github": "On GitHub, in Settings, Environments, production, add the secrets",
            "gitlab": "On GitLab, in Settings, CI/CD, Variables, add masked and protected",
        }[service]
        yield f"{place} {', '.join(keys)}."


def _print_lines(title: str, lines: list[str] | Iterator[str]) -> None:
    say(f"\n{title}")
    for line in lines:
        say(f"  {line}")


def _is_here(folder: Path) -> bool:
    return folder.resolve() == Path.cwd()


def _ask(question: str, default: str) -> str:
    """The answer of whoever sits at the terminal; the default where there is none."""
    if not sys.stdin.isatty():
        return default
    answer: str = click.prompt(question, default=default)
    return answer.strip()
