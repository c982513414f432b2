"""Eleventy, from npm."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from benchmarks.tool import Tool

# Where `make .venv/bench` puts it.
_MODULES = Path(__file__).parents[2] / ".venv" / "eleventy" / "node_modules"
_PACKAGE = _MODULES / "@11ty" / "eleventy"


def _version() -> str:
    node = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True)
    package = json.loads((_PACKAGE / "package.json").read_text("utf-8"))
    return f"{package['version']} on Node.js {node.stdout.strip().removeprefix('v')}"


ELEVENTY = Tool(
    name="Eleventy",
    command=lambda _: ["node", str(_PACKAGE / "cmd.cjs")],
    version=_version,
    layout="layouts/pivot.11ty.js",
    memory=(".cache",),
    packages=_MODULES,
)
