"""The command line, as people and programs outside use it."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import sys

import pytest

from tests.checks.corpus import PIVOT as GOOD
from tests.conftest import PIVOT, ROOT, World

LONG = "Ovens teach {a} cooks that timing beats talent, and wards teach {b} staff the same."


def test_wrong_usage_exits_two(world: World) -> None:
    assert world.run("bake").returncode == 2
    assert world.run("build", "--base-url", "example.com").returncode == 2


def test_the_help_lists_every_file_of_a_command_and_waits_for_nothing_they_work_with() -> None:
    asked = (
        "import atexit, sys; from pivotgen.cli import run; sys.argv[1:] = ['--help'];"
        "atexit.register(lambda: print(*sys.modules, file=sys.stderr)); run()"
    )
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, timeout=60)
    files = (ROOT / "pivotgen" / "cli").glob("[!_]*.py")
    assert re.findall(r"(?m)^  ([a-z-]+)  ", said.stdout.partition("Commands:")[2]) == sorted(
        file.stem.replace("_", "-") for file in files
    )
    read = {name for name in said.stderr.split() if name.startswith("pivotgen.")}
    assert read
    assert not {name for name in read if not name.startswith("pivotgen.cli")}


def test_the_site_may_be_named_after_the_command(world: World) -> None:
    world.pivot("Chef", "Nurse", GOOD)
    command = [sys.executable, "-m", "pivotgen", "check", "--site", str(world.folder)]
    said = subprocess.run(command, capture_output=True, text=True, cwd="/", timeout=60)
    assert (said.returncode, said.stdout) == (0, "No problems.\n")


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


def test_reports_for_programs_hold_every_problem(world: World) -> None:
    text = PIVOT.replace("tldr:", "tl_dr:").replace("window: 3–9 months\n", "")
    world.pivot("Chef", "Nurse", text)
    [one, two] = json.loads(world.run("check", "--format", "json").stdout)["problems"]
    assert (two["code"], two["line"], two["level"]) == ("unknown-key", 6, "error")
    assert one["code"] == "missing-key"
    sarif = json.loads(world.run("check", "--format", "sarif").stdout)["runs"][0]["results"]
    assert sarif[1]["locations"][0]["physicalLocation"]["region"]["startLine"] == 6
    github = world.run("check", "--format", "github")
    assert "::error file=content/pivots/chef-to-nurse.md,line=6,col=1" in github.stdout
    assert github.returncode == 1


def test_a_copied_page_is_found_with_both_places_when_only_the_roles_were_swapped(
    world: World,
) -> None:
    for a, b in (("Chef", "Nurse"), ("Baker", "Medic")):
        world.pivot(a, b, PIVOT.replace("Some text.", LONG))
    said = world.run("check")
    place = "content/pivots/chef-to-nurse.md:17:1: warning[echo]"
    assert place in said.stderr
    assert "content/pivots/baker-to-medic.md:17" in said.stderr
    assert said.returncode == 0
    assert world.run("check", "--strict").returncode == 1


def test_pages_that_share_only_turns_of_phrase_are_left_alone(world: World) -> None:
    world.pivot("Chef", "Nurse", PIVOT.replace("Some text.", "Ask to see the rota first."))
    world.pivot("Baker", "Medic", PIVOT.replace("Some text.", "Ask to see the rota next."))
    assert "echo" not in world.run("check").stderr


def test_a_name_with_one_wrong_letter_is_a_warning(world: World) -> None:
    world.pivot("Chef", "Product Manager")
    world.pivot("Baker", "Product Manager")
    world.pivot("Clerk", "Product Manger")
    said = world.run("check")
    assert "clerk-to-product-manger.md:5:5: warning[likely-typo]" in said.stderr
    assert "hint: did you mean `Product Manager`?" in said.stderr
    assert said.returncode == 0


def test_two_names_of_one_letter_apart_that_are_used_alike_are_left_alone(world: World) -> None:
    for name in ("Chef", "Baker"):
        world.pivot(name, "Mail Sorter")
        world.pivot(name, "Nail Sorter")
    assert "likely-typo" not in world.run("check").stderr


def test_a_sites_own_filter_and_rule_are_used(world: World) -> None:
    world.pivot("Chef", "Nurse")
    text = (world.folder / "build.py").read_text()
    own = (
        "    filters={'shout': str.upper},\n    checks=(too_few,),\n"
        "    rules_off=('thin-section',),\n)\n\nif"
    )
    rule = (
        "from pivotgen import Level, Problem\n\ndef too_few(site):\n"
        "    yield Problem('build.py', 1, 1, 'too-few', str(len(site.pivots)), '', Level.WARNING)\n"
    )
    world.write("build.py", rule + text.replace(")\n\nif", own))
    layout = (world.folder / "layouts" / "skill.html").read_text()
    world.write("layouts/skill.html", layout.replace("{{ view.name }}", "{{ view.name|shout }}"))
    assert "warning[too-few]: 1" in world.run("check").stderr
    assert "warning[thin-section]" not in world.run("check").stderr
    assert world.run("build").returncode == 0
    assert ">NEGOTIATION</h1>" in world.read("skills/negotiation/index.html")


def test_verify_finds_a_file_that_was_altered_and_clean_mends_it(world: World) -> None:
    world.pivot("Chef", "Nurse")
    assert world.run("build", "--verify").returncode == 0
    report = json.loads(world.run("build", "--clean", "--json").stdout)
    assert report["written"] == report["files"] > 5


def test_a_build_into_another_folder_does_not_forget_what_is_ours_in_public(world: World) -> None:
    gone = world.pivot("Chef", "Nurse")
    world.pivot("Baker", "Nurse")
    world.run("build")
    world.run("build", "--out", str(world.folder / "other"))
    (world.folder / gone).unlink()
    world.run("build")
    assert "pivots/chef-to-nurse/index.html" not in world.tree()
    assert "pivots/chef-to-nurse/index.html" in world.tree("other")


def test_an_interrupted_build_exits_130(world: World) -> None:
    world.pivot("Chef", "Nurse")
    text = (world.folder / "build.py").read_text()
    world.write(
        "build.py",
        text.replace(
            "config = ", "import time\nprint('on', flush=True)\ntime.sleep(30)\nconfig = "
        ),
    )
    command = [sys.executable, "-m", "pivotgen", "--site", str(world.folder)]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert process.stdout
    assert process.stdout.readline() == "on\n"
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "Traceback" not in said


def test_long_work_shows_a_bar_on_a_terminal_and_nothing_elsewhere(world: World) -> None:
    for number in range(520):
        world.pivot(f"Role {number:03}", "Nurse")
    command = [sys.executable, "-m", "pivotgen", "--site", str(world.folder), "build"]
    ours, theirs = os.openpty()
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=theirs) as process:
        os.close(theirs)
        shown = b""
        # Reading fails when the other side of the terminal is closed.
        with contextlib.suppress(OSError):
            while piece := os.read(ours, 65_536):
                shown += piece
    os.close(ours)
    assert process.returncode == 0
    assert "█░".encode() in shown
    assert shown.endswith(b"\r\x1b[K")
    assert world.run("build", "--clean").stderr == ""
