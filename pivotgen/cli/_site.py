"""Site: finds the site that a command is for, and reads its settings."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pivotgen.cli._print import print_problems

if TYPE_CHECKING:
    from pivotgen.model.config import Config

SETTINGS_FILE = "build.py"


def _remember_site(context: click.Context, _: click.Parameter, site: Path | None) -> None:
    if site:
        context.find_root().meta["site"] = site


# It may be before or after the name of the command.
site_option = click.option(
    "--site",
    type=click.Path(path_type=Path),
    callback=_remember_site,
    expose_value=False,
    help="Folder that holds build.py.",
)


def open_site(context: click.Context) -> tuple[Config, Path]:
    """The settings and the folder of the site that the command is for.

    If the settings cannot be read, print why and end the command.
    """
    site, config = find_settings(context)
    return config or _read_config(site), site


def find_settings(context: click.Context) -> tuple[Path, Config | None]:
    """The folder of the site that the command is for, and the settings of a started build.py.

    None stands for settings that nobody has read yet.
    """
    started: tuple[Config, Path] | None = context.obj
    site = find_site(context)
    return site, started[0] if started and started[1] == site else None


def find_site(context: click.Context) -> Path:
    """The folder of the site that the command is for.

    It is the folder of --site, or that of the build.py that was started, or the current folder or
    the nearest one above it that has a build.py. UsageError when there is none.
    """
    named: Path | None = context.find_root().meta.get("site")
    started: tuple[Config, Path] | None = context.obj
    if started and not named:
        return started[1]
    start = (named or Path.cwd()).resolve()
    for folder in [start] if named else [start, *start.parents]:
        if (folder / SETTINGS_FILE).is_file():
            if folder != start:
                _refuse_others(folder / SETTINGS_FILE)
            return folder
    message = f"there is no {SETTINGS_FILE} in {start}; name the site's folder with --site"
    raise click.UsageError(message)


def _refuse_others(settings: Path) -> None:
    """UsageError when settings that nobody named are another user's: they are run as a program."""
    if settings.stat().st_uid not in (os.geteuid(), 0):
        message = f"{settings} belongs to another user, so it is not run"
        raise click.UsageError(f"{message}; if you trust it, name its folder with --site")


def _read_config(site: Path) -> Config:
    from pivotgen.engines.settings import read_settings
    from pivotgen.model.problem import Problem

    config = read_settings(site)
    if isinstance(config, Problem):
        print_problems(site, [config])
        raise SystemExit(1)
    return config
