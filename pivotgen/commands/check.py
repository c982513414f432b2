"""`check`: everything a build would complain about and every rule, and nothing written."""

from __future__ import annotations

from pathlib import Path

from pivotgen.checks import rules
from pivotgen.model.config import Config
from pivotgen.pipeline import Options, Report, build
from pivotgen.stages.crew import Crew


def check(config: Config, site: Path) -> Report:
    """Find every problem of the site, drafts included."""
    with Crew() as crew:
        options = Options(drafts=True, rules=(*rules(), *config.checks))
        return build(config, site, None, crew, options)
