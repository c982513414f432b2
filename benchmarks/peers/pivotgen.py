"""pivotgen, run from the command line like the others."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

from benchmarks.corpus import ROOT
from benchmarks.locked import lock_all
from benchmarks.tool import Tool

# The environment of `make site`, with the Python that a shell finds first.
_FIRST_PYTHON = ROOT / ".venv" / "bin" / "python"

# How a Python tells its version, and whether it was built with what a trial run taught.
_QUESTION = """
import platform, sysconfig
settings = sysconfig.get_config_var("CONFIG_ARGS") or ""
print(platform.python_version(), "--enable-optimizations" in settings)
"""


def _command(folder: Path, python: str = sys.executable) -> list[str]:
    return [python, "-m", "pivotgen", "--site", str(folder), "build"]


def _plain_version() -> str:
    is_quick = os.path.realpath(_FIRST_PYTHON) == os.path.realpath(sys.executable)
    words = subprocess.run([_FIRST_PYTHON, "-c", _QUESTION], capture_output=True, check=True)
    number, optimised = words.stdout.decode().split()
    if is_quick or optimised == "True":
        raise FileNotFoundError("every Python of this machine is optimised: nothing to compare")
    return f"{version('pivotgen')} on Python {number}, built by its default settings"


PIVOTGEN = Tool(
    name="pivotgen",
    command=_command,
    version=lambda: f"{version('pivotgen')} on Python {platform.python_version()}",
    layout="layouts/pivot.html",
    memory=(".pivotgen",),
    own_site=False,
    finish=lock_all,
)

# The same on a Python that was built without a trial run, as pyenv does where nobody asks for it.
PLAIN_PYTHON = Tool(
    name="pivotgen, plain Python",
    command=lambda folder: _command(folder, str(_FIRST_PYTHON)),
    version=_plain_version,
    layout="layouts/pivot.html",
    memory=(".pivotgen",),
    own_site=False,
    finish=lock_all,
)
