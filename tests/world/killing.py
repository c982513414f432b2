"""A build that kills itself in the middle of its work, at a change of a file that is chosen."""

from __future__ import annotations

import atexit
import os
import signal
import sys
from pathlib import Path

from tests.world.site import ROOT
from tests.world.warm import run_warm


def watch(chosen: int) -> None:
    """Count every file that this process writes, moves or removes from now on.

    Before the chosen change the process kills itself, as a power cut would; a worker only does its
    work. If nothing is chosen (0), the last line says how many changes there were.
    """
    builder, count = os.getpid(), 0

    def see(event: str, given: tuple[object, ...]) -> None:
        nonlocal count
        changes = event in ("os.rename", "os.remove", "os.mkdir")
        if event == "open" and isinstance(flags := given[2], int):
            changes = bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
        if changes and os.getpid() == builder:
            count += 1
            if count == chosen:
                os.kill(builder, signal.SIGKILL)

    def tell() -> None:
        if os.getpid() == builder:
            print(count)

    atexit.register(tell)
    sys.addaudithook(see)


def changes_of_a_build(site: Path, *words: str) -> int:
    """Build the site, and count the changes of files that the build makes."""
    result = run_warm(["--site", str(site), "build", *words], ROOT, killed_before=0)
    assert result.returncode == 0, result.stderr
    return int(result.stdout.splitlines()[-1])


def kill_a_build(site: Path, change: int, *words: str) -> None:
    """Build the site, and kill the build just before this change of a file (from 1)."""
    result = run_warm(["--site", str(site), "build", *words], ROOT, killed_before=change)
    assert result.returncode == -signal.SIGKILL, "the build had ended before it was killed"
    assert "written in" not in result.stdout
