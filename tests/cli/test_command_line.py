"""The command line, as people and programs outside use it."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from tests.world.site import ROOT, World
from tests.world.texts import GOOD_PIVOT


def test_wrong_usage_exits_two(world: World) -> None:
    assert world.run("bake").returncode == 2
    assert world.run("build", "--base-url", "example.com").returncode == 2


def test_the_help_lists_every_file_of_a_command_and_waits_for_nothing_they_work_with() -> None:
    asked = (
        "import atexit, sys; from pivotgen.cli import run; sys.argv[1:] = ['--help'];"
        "atexit.register(lambda: print(*sys.modules, file=sys.stderr)); run()"
    )
    result = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, timeout=60
    )
    files = (ROOT / "pivotgen" / "cli").glob("[!_]*.py")
    assert re.findall(r"(?m)^  ([a-z-]+)  ", result.stdout.partition("Commands:")[2]) == sorted(
        file.stem.replace("_", "-") for file in files
    )
    read = {name for name in result.stderr.split() if name.startswith("pivotgen.")}
    assert read
    assert not {name for name in read if not name.startswith("pivotgen.cli")}


def test_the_site_may_be_named_after_the_command(world: World) -> None:
    world.pivot("Chef", "Nurse", GOOD_PIVOT)
    command = [sys.executable, "-m", "pivotgen", "check", "--site", str(world.folder)]
    result = subprocess.run(command, capture_output=True, text=True, cwd="/", timeout=60)
    assert (result.returncode, result.stdout) == (0, "No problems.\n")


def test_the_site_is_found_from_a_folder_inside_it(world: World) -> None:
    world.pivot("Chef", "Nurse")
    command = [sys.executable, "-m", "pivotgen", "build"]
    inside = world.folder / "content" / "pivots"
    assert subprocess.run(command, capture_output=True, cwd=inside, timeout=60).returncode == 0
    assert world.tree()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('https://aicareerpivot.com",', 'aicareerpivot.com",', "base_url must start with https://"),
        ("{to}", "{role}", "`{role}` in call is unknown"),
        ("config = Config(", "config = Config(colour=1,", "unexpected keyword argument 'colour'"),
        ("main(config)", "main(config", "'(' was never closed"),
    ],
)
def test_a_wrong_setting_is_told_at_its_line_without_a_traceback(
    world: World, old: str, new: str, said: str
) -> None:
    text = (world.folder / "build.py").read_text()
    assert old in text
    world.write("build.py", text.replace(old, new, 1))
    result = world.run("build")
    assert result.returncode == 1
    assert result.stderr.startswith("build.py:")
    assert said in result.stderr
    assert "Traceback" not in result.stderr
