"""`build`: what each of its options does, and what it shows while it works."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys

from pivotgen.memory.fingerprint import digest
from tests.world.hostile import change_ledger
from tests.world.site import ROOT, World


def test_verify_finds_a_file_that_was_altered_and_clean_mends_it(world: World) -> None:
    world.pivot("Chef", "Nurse")
    assert world.run("build", "--verify").returncode == 0
    right = world.tree()
    altered = right["index.html"].replace(b"AICareerPivot", b"AICareerPivoT")
    assert altered != right["index.html"]
    world.write("public/index.html", altered)
    # A build fixes what differs from its memory, so the memory must be wrong as well.
    wrong = (digest(altered), "index.html")
    change_ledger(
        world.folder / ".pivotgen",
        lambda database: database.execute("UPDATE pages SET digest = ? WHERE output = ?", wrong),
    )
    verified = world.run("build", "--verify")
    assert verified.returncode == 1
    assert "public/index.html:1:1: error[not-reproduced]" in verified.stderr
    assert verified.stderr.count("error[") == 1
    assert world.tree() == {**right, "index.html": altered}
    report = json.loads(world.run("build", "--clean", "--json").stdout)
    assert report["written"] == report["files"] > 5
    assert world.tree() == right
    assert world.run("build", "--verify").returncode == 0


def test_a_build_mends_a_file_that_was_altered(world: World) -> None:
    world.pivot("Chef", "Nurse")
    world.run("build")
    right = world.tree()
    world.write("public/index.html", "altered")
    assert ", 1 of them written." in world.run("build", "--verify").stdout
    assert world.tree() == right


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
