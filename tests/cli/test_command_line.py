"""The command line, as people and programs outside use it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.world.edits import edit
from tests.world.site import ROOT, World
from tests.world.texts import GOOD_PIVOT
from tests.world.warm import run_warm


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
    # All that is printed goes through the first; the help of `init` names the hosts.
    known = ("visible", "hosts", "lazy_dataclass")
    read -= {"pivotgen.model", *(f"pivotgen.model.{name}" for name in known)}
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


@pytest.mark.parametrize("words", [["build"], ["serve"], ["fmt"]])
def test_a_folder_that_is_named_is_the_site_itself(world: World, words: list[str]) -> None:
    world.pivot("Chef", "Nurse")
    named = world.folder / "content"
    result = run_warm([*words, "--site", str(named)], ROOT)
    assert result.returncode == 2
    assert f"there is no build.py in {named}; name the site's folder with --site" in result.stderr
    assert not world.tree()


def test_a_folder_outside_of_every_site_is_wrong_usage(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pivotgen", "check"]
    result = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, timeout=60)
    assert result.returncode == 2
    assert f"there is no build.py in {tmp_path}" in result.stderr


def test_the_settings_that_are_started_are_those_of_the_site_unless_another_is_named(
    world: World, tmp_path_factory: pytest.TempPathFactory
) -> None:
    world.pivot("Chef", "Nurse")
    other = World(tmp_path_factory.mktemp("other"))
    other.pivot("Pilot", "Nurse")
    edit(other, "build.py", 'name="AICareerPivot"', 'name="The Other"')

    def start(*words: str) -> None:
        command = [sys.executable, str(world.folder / "build.py"), *words]
        result = subprocess.run(command, capture_output=True, cwd=other.folder, timeout=60)
        assert result.returncode == 0, result.stderr

    start()
    assert "pivots/chef-to-nurse/index.html" in world.tree()
    assert not other.tree()
    start("build", "--site", str(other.folder))
    assert "The Other" in other.read("pivots/pilot-to-nurse/index.html")


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
