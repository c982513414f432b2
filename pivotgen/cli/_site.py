"""Which site a command acts on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pivotgen.cli._tell import tell

if TYPE_CHECKING:
    from pivotgen.model.config import Config

FILE = "build.py"


def _keep(context: click.Context, _: click.Parameter, site: Path | None) -> None:
    if site:
        context.find_root().meta["site"] = site


# Before or after the command's name, whichever comes to mind.
site_option = click.option(
    "--site",
    type=click.Path(path_type=Path),
    callback=_keep,
    expose_value=False,
    help="Folder that holds build.py.",
)


def open_site(context: click.Context) -> tuple[Config, Path]:
    """The settings and the folder of the site that the command acts on.

    Settings that cannot be read are told, and end the command.
    """
    given: tuple[Config, Path] | None = context.obj
    site = folder(context)
    return given if given and given[1] == site else (_config(site), site)


def folder(context: click.Context) -> Path:
    """The site that was named, build.py's own, or the nearest above; UsageError without any."""
    named: Path | None = context.find_root().meta.get("site")
    given: tuple[Config, Path] | None = context.obj
    if given and not named:
        return given[1]
    start = (named or Path.cwd()).resolve()
    for one in [start] if named else [start, *start.parents]:
        if (one / FILE).is_file():
            return one
    raise click.UsageError(f"there is no {FILE} in {start}; name the site's folder with --site")


def _config(site: Path) -> Config:
    from pivotgen.engines.settings import settings
    from pivotgen.model.problem import Problem

    config = settings(site)
    if isinstance(config, Problem):
        tell(site, [config])
        raise SystemExit(1)
    return config
