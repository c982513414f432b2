"""The wheel, as somebody installs it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT, World


def test_an_installed_wheel_builds_a_site_and_carries_a_new_ones_beginning(
    world: World, tmp_path: Path
) -> None:
    world.pivot("Chef", "Nurse")
    pip = [sys.executable, "-m", "pip", "--quiet"]
    wheels, lib = tmp_path / "wheels", tmp_path / "lib"
    subprocess.run([*pip, "wheel", "--no-deps", "-w", wheels, ROOT], check=True, timeout=300)
    [wheel] = wheels.glob("*.whl")
    subprocess.run([*pip, "install", "--no-deps", "--target", lib, wheel], check=True, timeout=300)
    command = [sys.executable, "-m", "pivotgen", "build", "--site", world.folder]
    environment = {**os.environ, "PYTHONPATH": str(lib)}
    subprocess.run(command, check=True, env=environment, cwd="/", timeout=60)
    where = [sys.executable, "-c", "import pivotgen; print(pivotgen.__file__)"]
    said = subprocess.run(where, env=environment, cwd="/", capture_output=True, text=True)
    assert said.stdout.startswith(str(lib))
    explain = [sys.executable, "-m", "pivotgen", "help", "unknown-key"]
    subprocess.run(explain, check=True, env=environment, cwd="/", timeout=60)
    starter = lib / "pivotgen" / "starter"
    new = [sys.executable, "build.py", "check"]
    subprocess.run(new, check=True, env=environment, cwd=starter, timeout=60)
    assert (starter / "layouts" / "words" / "en.yaml").is_file()
    assert (starter / "assets" / "style.css").is_file()
    assert (lib / "pivotgen" / "preview" / "overlay.js").is_file()
