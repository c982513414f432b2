"""The release, which tests install in several ways."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.world.once import once
from tests.world.site import ROOT


@pytest.fixture(scope="session")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with an sdist, and the wheel that was made from it."""
    return once(tmp_path_factory, "dist", _build)


def _build(out: Path) -> None:
    # -P, because build.py of this repository has the name of the tool. Setting up a checkout has
    # installed it by an isolated build already, which takes longer and asks the network.
    command = [sys.executable, "-P", "-m", "build", "--no-isolation", "--outdir", str(out)]
    command.append(str(ROOT))
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        command, cwd=out, env=environment, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="session")
def wheel(dist: Path) -> Path:
    """The wheel."""
    [wheel] = dist.glob("*.whl")
    return wheel
