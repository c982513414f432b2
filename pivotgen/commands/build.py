"""`build`: content/ to public/."""

from __future__ import annotations

from pathlib import Path

from pivotgen.model.config import Config
from pivotgen.pipeline import Report
from pivotgen.pipeline import build as carry


def build(config: Config, site: Path, out: Path, *, drafts: bool) -> Report:
    """Build the site into `out`; with an error nothing is written."""
    return carry(config, site, out, drafts=drafts)
