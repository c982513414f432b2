"""pivotgen, run from the command line like the others."""

from __future__ import annotations

import platform
import sys
from importlib.metadata import version
from pathlib import Path

from benchmarks.tool import Tool


def _command(folder: Path) -> list[str]:
    return [sys.executable, "-m", "pivotgen", "--site", str(folder), "build"]


PIVOTGEN = Tool(
    name="pivotgen",
    command=_command,
    version=lambda: f"{version('pivotgen')} on Python {platform.python_version()}",
    layout="layouts/pivot.html",
    memory=(".pivotgen",),
    own_site=False,
)
