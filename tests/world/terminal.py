"""The program on a terminal, and what the terminal gets to see."""

from __future__ import annotations

import os
import pty

from tests.world.site import ROOT, World
from tests.world.warm import Program, Run


def on_terminal(world: World, *words: str, **environment: str) -> tuple[int, str]:
    """Run the program with a terminal for its output; the exit status and all that it printed."""
    ours, theirs = pty.openpty()
    kept = {name: text for name, text in os.environ.items() if name != "NO_COLOR"}
    run = Run(
        words=["--site", str(world.folder), *words],
        cwd=str(ROOT),
        environment={**kept, "TERM": "xterm", **environment},
    )
    with open(os.devnull, "rb") as nothing:
        process = Program(run, [nothing.fileno(), theirs, theirs])
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
