"""The program on a terminal, and what the terminal gets to see."""

from __future__ import annotations

import os
import pty
import subprocess
import sys

from tests.world.site import ROOT, World


def on_terminal(world: World, *words: str, **environment: str) -> tuple[int, str]:
    """Run the program with a terminal for its output; the exit status and all that it printed."""
    ours, theirs = pty.openpty()
    kept = {name: text for name, text in os.environ.items() if name != "NO_COLOR"}
    process = subprocess.Popen(
        [sys.executable, "-m", "pivotgen", "--site", str(world.folder), *words],
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
        cwd=ROOT,
        env={**kept, "TERM": "xterm", **environment},
    )
    os.close(theirs)
    printed = b""
    while True:
        try:
            part = os.read(ours, 65_536)
        # Linux says so when the program has ended.
        except OSError:
            break
        if not part:
            break
        printed += part
    os.close(ours)
    return process.wait(), printed.decode().replace("\r\n", "\n")
