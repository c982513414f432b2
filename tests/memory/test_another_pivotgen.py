"""A ledger that another version of pivotgen wrote: its pages and texts are not taken over."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.world.site import ROOT, World


def report(world: World, program: Path) -> dict[str, Any]:
    """What a build by the pivotgen in a folder says of its work."""
    command = [sys.executable, "-m", "pivotgen", "--site", str(world.folder), "build", "--json"]
    result = subprocess.run(command, capture_output=True, text=True, cwd=program, timeout=60)
    assert result.returncode == 0, result.stderr
    done: dict[str, Any] = json.loads(result.stdout)
    return done


def test_a_changed_program_parses_and_makes_everything_again(world: World, tmp_path: Path) -> None:
    world.pivot("Chef", "Nurse")
    world.pivot("Pilot", "Nurse")
    program = tmp_path / "program"
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "pivotgen", program / "pivotgen", ignore=ignored)
    assert report(world, program)["parsed"] == 2
    before = report(world, program)
    assert (before["parsed"], before["rendered"], before["problems"]) == (0, 0, [])
    with (program / "pivotgen" / "__init__.py").open("a", encoding="utf-8") as module:
        module.write("# Another version.\n")
    after = report(world, program)
    assert after["parsed"] == 2
    # Assets are copied, so no program can change them.
    assets = sum(name.startswith("assets/") for name in world.tree())
    assert after["rendered"] == after["files"] - assets
    assert (after["written"], after["problems"]) == (0, [])
    assert report(world, program)["rendered"] == 0
