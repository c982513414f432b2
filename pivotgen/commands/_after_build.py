"""After build: calls a site's own function, whose faults are problems of the site."""

from __future__ import annotations

from pathlib import Path

from pivotgen.engines.settings import SETTINGS_FILE
from pivotgen.engines.site_code import definition_place, fault_place
from pivotgen.model.problem import Problem
from pivotgen.model.report import AfterBuild, BuildReport


def fault_after_build(site: Path, call: AfterBuild, report: BuildReport) -> Problem | None:
    """Call the function with the report, and return what went wrong in it, if anything did."""
    try:
        call(report)
    # Anything can fail in the site's own program; its author is told where.
    except (Exception, SystemExit) as error:
        place = fault_place(site, error) or definition_place(site, call) or (SETTINGS_FILE, 1)
        message = f"after_build failed: {type(error).__name__}: {error}"
        hint = "fix the function, or take it out of Config(after_build=…); the site is published"
        return Problem(*place, 1, "own-code", " ".join(message.split()), hint)
    return None
