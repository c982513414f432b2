"""pivotgen: the static site generator for career-pivot sites.

These names are the library: `build` and `check` do what the commands of these names do, and give a
report. `docs/library.md` has examples. Whatever is not listed here may change with any version.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pivotgen.cli import main
    from pivotgen.commands.build import BuildOptions, build
    from pivotgen.commands.check import CheckOptions, Unsaved, check
    from pivotgen.model.config import Config, Party
    from pivotgen.model.delivery_settings import Hsts
    from pivotgen.model.extra import Extra
    from pivotgen.model.pivot import Call
    from pivotgen.model.problem import Level, Problem
    from pivotgen.model.report import BuildReport, CheckReport, SiteError
    from pivotgen.model.site import Site
    from pivotgen.model.theme import Theme
    from pivotgen.model.view import Link
else:
    _HOMES = {
        "BuildOptions": "pivotgen.commands.build",
        "BuildReport": "pivotgen.model.report",
        "Call": "pivotgen.model.pivot",
        "CheckOptions": "pivotgen.commands.check",
        "CheckReport": "pivotgen.model.report",
        "Config": "pivotgen.model.config",
        "Extra": "pivotgen.model.extra",
        "Hsts": "pivotgen.model.delivery_settings",
        "Level": "pivotgen.model.problem",
        "Link": "pivotgen.model.view",
        "Party": "pivotgen.model.config",
        "Problem": "pivotgen.model.problem",
        "Site": "pivotgen.model.site",
        "SiteError": "pivotgen.model.report",
        "Theme": "pivotgen.model.theme",
        "Unsaved": "pivotgen.commands.check",
        "build": "pivotgen.commands.build",
        "check": "pivotgen.commands.check",
        "main": "pivotgen.cli",
    }

    def __getattr__(name: str) -> Any:
        """A public name, imported at its first use: workers do not need the command line."""
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(_HOMES[name]), name)


__all__ = [
    "BuildOptions",
    "BuildReport",
    "Call",
    "CheckOptions",
    "CheckReport",
    "Config",
    "Extra",
    "Hsts",
    "Level",
    "Link",
    "Party",
    "Problem",
    "Site",
    "SiteError",
    "Theme",
    "Unsaved",
    "build",
    "check",
    "main",
]
