"""The tests themselves: what they cost whoever runs them, and what they leave behind."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import IMPORTS_PLAYWRIGHT, LONG
from tests.world.once import once
from tests.world.site import ROOT
from tests.world.waiting import wait_until


def test_a_test_without_a_browser_does_not_wait_for_playwright(
    pytestconfig: pytest.Config,
) -> None:
    # A run of all tests has imported every file of them by now.
    assert not pytestconfig.stash[IMPORTS_PLAYWRIGHT]


def test_what_takes_long_comes_first(request: pytest.FixtureRequest) -> None:
    assert [name for name in LONG if not (ROOT / "tests" / name).exists()] == []
    files = [item.path for item in request.session.items]
    first = ROOT / "tests" / LONG[0]
    assert files[: files.count(first)] == [first] * files.count(first)


def test_a_program_that_a_test_starts_compiles_nothing_of_pivotgen() -> None:
    program = "import pivotgen.cli as cli; print(cli.__cached__)"
    command = [sys.executable, "-v", "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True)
    assert f"# code object from '{done.stdout.strip()}'" in done.stderr


# Starts a program as the tests do, which says its number once it runs.
KILLED = """
import subprocess
from tests.world.mortal import mortal
subprocess.run(mortal(["sh", "-c", "echo $$; exec sleep 600"]))
"""


@pytest.mark.skipif(not shutil.which("setpriv"), reason="only Linux has it")
def test_a_server_ends_with_the_tests_that_are_killed() -> None:
    with subprocess.Popen([sys.executable, "-c", KILLED], stdout=subprocess.PIPE) as tests:
        assert tests.stdout
        number = int(tests.stdout.readline())
        tests.kill()
    wait_until(lambda: not _runs(number), "it goes on for nobody")


def _runs(number: int) -> bool:
    try:
        os.kill(number, 0)
        state = Path(f"/proc/{number}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
    except (ProcessLookupError, FileNotFoundError):
        return False
    # A zombie has ended, and nobody has asked yet how.
    return state != "Z"


def test_what_is_made_once_is_whole_or_tried_again(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    def fail(folder: Path) -> None:
        (folder / "half").write_text("", "utf-8")
        raise OSError

    def make(folder: Path) -> None:
        made.append(folder)
        (folder / "whole").write_text("", "utf-8")

    made: list[Path] = []
    with pytest.raises(OSError):  # noqa: PT011
        once(tmp_path_factory, "tried", fail)
    folder = once(tmp_path_factory, "tried", make)
    assert once(tmp_path_factory, "tried", make) == folder
    assert len(made) == 1
    assert [file.name for file in folder.iterdir()] == ["whole"]
