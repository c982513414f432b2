"""What a person at a terminal gets, and what programs get instead."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.metadata import version

import pytest

from pivotgen.cli._progress import Bar
from tests.world.site import PIVOT, ROOT, World
from tests.world.terminal import on_terminal


@pytest.fixture
def faulty(world: World) -> World:
    """A site with sixty warnings in the first files, and an error in the last."""
    for number in range(60):
        world.pivot("Chef", f"Role {number}")
    world.pivot("Zookeeper", "Nurse", PIVOT.replace("Some text.", "[a](nobody.md)"))
    return world


def problems(output: str) -> int:
    return output.count("warning[") + output.count("error[")


def test_a_terminal_shows_the_first_fifty_problems_with_every_error_and_a_count(
    faulty: World,
) -> None:
    status, output = on_terminal(faulty, "check", NO_COLOR="1")
    assert status == 1
    assert problems(output) == 50
    assert "zookeeper-to-nurse.md:17:5: error[dead-link]" in output
    assert "50 of " in output
    assert "problems (1 errors and " in output
    assert "`pivotgen check --all` shows every one." in output


def test_all_problems_are_shown_where_that_is_wanted_and_where_no_terminal_is(
    faulty: World,
) -> None:
    elsewhere = faulty.run("check").stderr
    count = problems(elsewhere)
    assert count > 60
    assert "shows every one" not in elsewhere
    assert problems(on_terminal(faulty, "check", "--all")[1]) == count
    report = on_terminal(faulty, "check", "--format", "json")[1]
    assert report.count('"code": ') == count


def test_colours_go_to_terminals_unless_somebody_wants_none(world: World) -> None:
    world.pivot("Chef", "Nurse", PIVOT.replace("Some text.", "[a](nobody.md)"))
    assert "\x1b[" in on_terminal(world, "check")[1]
    assert "\x1b[" in on_terminal(world, "check", NO_COLOR="")[1]
    assert "\x1b[" not in on_terminal(world, "check", NO_COLOR="1")[1]
    assert "\x1b[" not in on_terminal(world, "build", NO_COLOR="yes")[1]
    assert "\x1b[" not in world.run("check").stderr


def test_a_long_check_shows_how_far_it_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    for stage, total in (("checking", 499), ("checking", 3_000), ("asking", 12)):
        bar = Bar()
        for done in range(1, total + 1):
            bar.show(stage, done, total)
    shown = capsys.readouterr().err
    assert "of 499" not in shown
    assert "checking 1,500 of 3,000" in shown
    assert "asking 6 of 12" in shown
    assert shown.endswith("\r\x1b[K")


def test_a_check_tells_of_its_rules_and_of_every_pivot(world: World) -> None:
    from datetime import date

    from pivotgen.commands.check import CheckOptions, check
    from tests.world.builds import CONFIG

    world.pivot("Chef", "Nurse")
    world.pivot("Nurse", "Chef")
    steps: list[tuple[str, int, int]] = []
    today = date(2026, 11, 24)
    options = CheckOptions(today=today, progress=lambda *step: steps.append(step))
    check(world.folder, CONFIG, options)
    assert [step for step in steps if step[0] == "checking"] == [
        ("checking", 1, 2),
        ("checking", 2, 2),
    ]


def test_the_version_is_that_of_the_package(world: World) -> None:
    expected = f"pivotgen {version('pivotgen')}\n"
    assert world.run("--version").stdout == expected
    result = subprocess.run(
        [sys.executable, "build.py", "--version"], capture_output=True, text=True, cwd=ROOT
    )
    assert result.stdout == expected


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_can_complete_commands_and_options(shell: str) -> None:
    def ask(*words: str) -> str:
        typed = " ".join(("pivotgen", *words))
        environment = {
            "_PIVOTGEN_COMPLETE": f"{shell}_complete",
            "COMP_WORDS": typed,
            "COMP_CWORD": words[-1] if shell == "fish" else str(len(words)),
        }
        program = "import sys; sys.argv[0] = 'pivotgen'; from pivotgen.cli import run; run()"
        return subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            text=True,
            cwd=ROOT,
            env={**os.environ, **environment},
        ).stdout

    assert "rename-skill" in ask("ren")
    assert "--external" in ask("check", "--e")


def test_only_the_problems_of_the_files_that_are_named_are_told(world: World) -> None:
    dead = PIVOT.replace("Some text.", "[a](nobody.md)")
    chef, baker = world.pivot("Chef", "Nurse", dead), world.pivot("Baker", "Nurse", dead)
    world.write("assets/ward.css", "a{b:url(nobody.png)}")
    result = world.run("check", str(world.folder / chef))
    assert result.returncode == 1
    assert f"{chef}:17:5: error[dead-link]" in result.stderr
    assert f"{baker}:17" not in result.stderr
    assert "problems in other files; `pivotgen check` shows them." in result.stderr
    assert "ward.css" not in result.stderr
    both = world.run("check", str(world.folder / "content")).stderr
    assert f"{chef}:17" in both
    assert f"{baker}:17" in both
    assert "ward.css" not in both


def test_a_good_file_is_good_whatever_others_are(world: World) -> None:
    dead = PIVOT.replace("Some text.", "[a](nobody.md)")
    good = world.pivot("Chef", "Nurse", PIVOT.replace("Some text.", "Some text. " * 40))
    world.pivot("Baker", "Nurse", dead)
    result = world.run("check", str(world.folder / good), "--format", "github")
    assert (result.returncode, result.stderr) == (0, "")


def test_a_file_elsewhere_cannot_be_checked(world: World) -> None:
    world.pivot("Chef", "Nurse")
    for file in ("/etc/passwd", str(world.folder / "nobody.md")):
        assert world.run("check", file).returncode == 2


def test_fixes_stay_in_the_files_that_are_named(world: World) -> None:
    wrong = PIVOT.replace("tldr:", "tl_dr:")
    chef, baker = world.pivot("Chef", "Nurse", wrong), world.pivot("Baker", "Nurse", wrong)
    world.run("check", "--fix", "--yes", str(world.folder / chef))
    assert "tl_dr" not in (world.folder / chef).read_text()
    assert "tl_dr" in (world.folder / baker).read_text()
