"""A build that kills itself in the middle of its work, at a change of a file that is chosen."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.world.site import ROOT

# Runs the program, and counts every file that this process writes, moves or removes. Before the
# chosen change the process kills itself, as a power cut would; a worker only does its work. If
# nothing is chosen, the last line says how many changes there were.
_PROGRAM = """
import atexit, os, signal, sys

chosen = int(sys.argv.pop(1))
builder = os.getpid()
count = 0

def watch(event, given):
    global count
    writes = event == "open" and given[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
    if os.getpid() == builder and (writes or event in ("os.rename", "os.remove", "os.mkdir")):
        count += 1
        if count == chosen:
            os.kill(builder, signal.SIGKILL)

def tell():
    if os.getpid() == builder:
        print(count)

atexit.register(tell)
from pivotgen.cli import run
sys.addaudithook(watch)
run()
"""


def changes_of_a_build(site: Path, *words: str) -> int:
    """Build the site, and count the changes of files that the build makes."""
    result = _run(site, 0, words)
    assert result.returncode == 0, result.stderr
    return int(result.stdout.splitlines()[-1])


def kill_a_build(site: Path, change: int, *words: str) -> None:
    """Build the site, and kill the build just before this change of a file (from 1)."""
    result = _run(site, change, words)
    assert result.returncode == -signal.SIGKILL, "the build had ended before it was killed"
    assert "written in" not in result.stdout


def _run(site: Path, change: int, words: tuple[str, ...]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", _PROGRAM, str(change), "--site", str(site), "build", *words]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        command, capture_output=True, text=True, cwd=ROOT, env=environment, timeout=60
    )
