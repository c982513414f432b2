"""pivotgen: the static site generator for career-pivot sites."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pivotgen.cli import main
    from pivotgen.model.config import Config, Party
    from pivotgen.model.pivot import Call
    from pivotgen.model.problem import Level, Problem
    from pivotgen.model.site import Site
    from pivotgen.model.theme import Theme
    from pivotgen.model.view import Link
else:
    _HOMES = {
        "Call": "pivotgen.model.pivot",
        "Config": "pivotgen.model.config",
        "Level": "pivotgen.model.problem",
        "Link": "pivotgen.model.view",
        "Party": "pivotgen.model.config",
        "Problem": "pivotgen.model.problem",
        "Site": "pivotgen.model.site",
        "Theme": "pivotgen.model.theme",
        "main": "pivotgen.cli",
    }

    def __getattr__(name: str) -> Any:
        """A public name, imported at its first use: workers do not need the command line."""
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(_HOMES[name]), name)


__all__ = ["Call", "Config", "Level", "Link", "Party", "Problem", "Site", "Theme", "main"]
