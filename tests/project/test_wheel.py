"""The wheel, as somebody installs it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from pivotgen.commands.init import Beginning, init
from tests.world.site import ROOT, World


def test_an_installed_wheel_builds_a_site_and_carries_a_new_ones_beginning(
    world: World, tmp_path: Path
) -> None:
    world.pivot("Chef", "Nurse")
    pip = [sys.executable, "-m", "pip", "--quiet"]
    wheels, lib = tmp_path / "wheels", tmp_path / "lib"
    subprocess.run([*pip, "wheel", "--no-deps", "-w", wheels, ROOT], check=True, timeout=300)
    [wheel] = wheels.glob("*.whl")
    subprocess.run([*pip, "install", "--no-deps", "--target", lib, wheel], check=True, timeout=300)
    command = [sys.executable, "-m", "pivotgen", "build", "--site", str(world.folder)]
    environment = {**os.environ, "PYTHONPATH": str(lib)}
    subprocess.run(command, check=True, env=environment, cwd="/", timeout=60)
    where = [sys.executable, "-c", "import pivotgen; print(pivotgen.__file__)"]
    result = subprocess.run(where, env=environment, cwd="/", capture_output=True, text=True)
    assert result.stdout.startswith(str(lib))
    explain = [sys.executable, "-m", "pivotgen", "help", "unknown-key"]
    subprocess.run(explain, check=True, env=environment, cwd="/", timeout=60)
    begin = [sys.executable, "-m", "pivotgen", "init", str(tmp_path / "new")]
    subprocess.run(begin, check=True, env=environment, cwd="/", timeout=60)
    new = [sys.executable, "build.py", "check", "--strict"]
    subprocess.run(new, check=True, env=environment, cwd=tmp_path / "new", timeout=60)
    assert (lib / "pivotgen" / "engines" / "preview" / "browser" / "overlay.js").is_file()
    # The same files as from a checkout.
    init(tmp_path / "checkout", Beginning("Career pivots", "https://example.com"))
    assert _tree(tmp_path / "new") == _tree(tmp_path / "checkout")


def _tree(folder: Path) -> dict[str, bytes]:
    """What `init` wrote, without what Python and pivotgen leave when they run there."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and not {"__pycache__", ".pivotgen"} & set(file.parts)
    }
