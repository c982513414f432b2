"""pivotgen: the static site generator for career-pivot sites.

These names are the library: `build`, `check` and `deploy` do what the commands of these names do,
and give a report. `docs/library.md` has examples. Whatever is not listed here may change with any
version.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pivotgen.cli import main
    from pivotgen.commands.build import BuildOptions, build
    from pivotgen.commands.check import CheckOptions, Unsaved, check
    from pivotgen.commands.deploy import DeployOptions, deploy
    from pivotgen.model.caches import Bunny, Cloudflare, CloudFront, Fastly, Webhook
    from pivotgen.model.cluster import Cluster
    from pivotgen.model.config import Config, Party
    from pivotgen.model.delivery_settings import Hsts
    from pivotgen.model.deploy_report import DeployReport
    from pivotgen.model.extra import Extra
    from pivotgen.model.pivot import Call
    from pivotgen.model.problem import Level, Problem
    from pivotgen.model.report import BuildReport, CheckReport, SiteError
    from pivotgen.model.site import Site
    from pivotgen.model.targets import S3, Azure, Folder, Server
    from pivotgen.model.theme import Theme
    from pivotgen.model.view import Link
else:
    _HOMES = {
        "Azure": "pivotgen.model.targets",
        "BuildOptions": "pivotgen.commands.build",
        "BuildReport": "pivotgen.model.report",
        "Bunny": "pivotgen.model.caches",
        "Call": "pivotgen.model.pivot",
        "CheckOptions": "pivotgen.commands.check",
        "CheckReport": "pivotgen.model.report",
        "CloudFront": "pivotgen.model.caches",
        "Cloudflare": "pivotgen.model.caches",
        "Cluster": "pivotgen.model.cluster",
        "Config": "pivotgen.model.config",
        "DeployOptions": "pivotgen.commands.deploy",
        "DeployReport": "pivotgen.model.deploy_report",
        "Extra": "pivotgen.model.extra",
        "Fastly": "pivotgen.model.caches",
        "Folder": "pivotgen.model.targets",
        "Hsts": "pivotgen.model.delivery_settings",
        "Level": "pivotgen.model.problem",
        "Link": "pivotgen.model.view",
        "Party": "pivotgen.model.config",
        "Problem": "pivotgen.model.problem",
        "S3": "pivotgen.model.targets",
        "Server": "pivotgen.model.targets",
        "Site": "pivotgen.model.site",
        "SiteError": "pivotgen.model.report",
        "Theme": "pivotgen.model.theme",
        "Unsaved": "pivotgen.commands.check",
        "Webhook": "pivotgen.model.caches",
        "build": "pivotgen.commands.build",
        "check": "pivotgen.commands.check",
        "deploy": "pivotgen.commands.deploy",
        "main": "pivotgen.cli",
    }

    def __getattr__(name: str) -> Any:
        """A public name, imported at its first use: workers do not need the command line."""
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(_HOMES[name]), name)


__all__ = [
    "S3",
    "Azure",
    "BuildOptions",
    "BuildReport",
    "Bunny",
    "Call",
    "CheckOptions",
    "CheckReport",
    "CloudFront",
    "Cloudflare",
    "Cluster",
    "Config",
    "DeployOptions",
    "DeployReport",
    "Extra",
    "Fastly",
    "Folder",
    "Hsts",
    "Level",
    "Link",
    "Party",
    "Problem",
    "Server",
    "Site",
    "SiteError",
    "Theme",
    "Unsaved",
    "Webhook",
    "build",
    "check",
    "deploy",
    "main",
]
