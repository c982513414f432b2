"""Open: the folder and the settings of a site, for whoever builds or checks it."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from pivotgen.engines.settings import SETTINGS_FILE, read_settings
from pivotgen.model.config import Config
from pivotgen.model.problem import Problem
from pivotgen.model.report import SiteError


def site_folder(folder: str | Path) -> Path:
    """The folder of a site, absolute. SiteError when it is none."""
    site = Path(folder).resolve()
    if not site.is_dir():
        raise SiteError(f"there is no folder {site}")
    return site


def settings_of(site: Path, config: Config | None) -> Config | Problem:
    """The settings that were given, or else those of build.py, or what is wrong with these.

    SiteError when there are neither.
    """
    if config is not None:
        return config
    if not (site / SETTINGS_FILE).is_file():
        raise SiteError(f"there is no {SETTINGS_FILE} in {site}, and no config was given")
    return read_settings(site)


def at_address(config: Config, base_url: str) -> Config:
    """The settings with another address, where there is one. SiteError when it is no address."""
    if not base_url:
        return config
    try:
        return replace(config, base_url=base_url)
    except ValueError as error:
        raise SiteError(str(error)) from None


def can_share(site: Path, config: Config | None) -> bool:
    """Whether other processes can find the functions that the settings bring along.

    They look for them in the site's build.py, where a caller's own functions are not.
    """
    if config is None or not (config.filters or config.markdown):
        return True
    started = getattr(sys.modules.get("__main__"), "__file__", None) or ""
    return Path(started).resolve() == site / SETTINGS_FILE
