"""Pelican, from PyPI."""

from __future__ import annotations

import platform
import sys
from importlib.metadata import version

from benchmarks.tool import Tool

PELICAN = Tool(
    name="Pelican",
    command=lambda _: [sys.executable, "-m", "pelican", "--quiet"],
    version=lambda: f"{version('pelican')} on Python {platform.python_version()}",
    layout="theme/templates/article.html",
    memory=("cache",),
)
