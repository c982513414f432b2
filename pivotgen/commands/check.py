"""`check`: everything a build would complain about, and nothing written."""

from __future__ import annotations

from pathlib import Path

from pivotgen.model.config import Config
from pivotgen.pipeline import Report, build


def check(config: Config, site: Path) -> Report:
    """Find every problem of the site."""
    return build(config, site, site / "public", drafts=True, writing=False)
