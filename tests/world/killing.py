"""A build that kills itself in the middle of its work, at a change of a file that is chosen."""

from __future__ import annotations

import atexit
import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

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


def watch_store(chosen: int) -> None:
    """Have this process kill itself at a request that changes a store, counted from 1.

    It does so before the request; where the number is negative, when the answer has come. Requests
    of other threads are on their way meanwhile.
    """
    from pivotgen.engines.stores.folder import FolderStore
    from pivotgen.engines.stores.objects import ObjectService

    lock = threading.Lock()
    count = 0

    def around(work: Callable[..., Any]) -> Callable[..., Any]:
        def watched(*given: Any) -> Any:
            nonlocal count
            with lock:
                count += 1
                number = count
            if number == chosen:
                os.kill(os.getpid(), signal.SIGKILL)
            result = work(*given)
            if number == -chosen:
                os.kill(os.getpid(), signal.SIGKILL)
            return result

        return watched

    for store in (ObjectService, FolderStore):
        for name in ("put", "put_if", "copy", "delete"):
            setattr(store, name, around(getattr(store, name)))


def run_deploy(site: Path, *words: str, killed_at: int | None = None) -> CompletedProcess[str]:
    """Run `deploy` in a process of its own, which may kill itself at a request."""
    return run_warm(["--site", str(site), "deploy", *words], ROOT, killed_at=killed_at)


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
