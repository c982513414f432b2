"""The program as a command of the shell that takes as little time to start as `run_warm`.

The command hands its words, folder, environment and streams to the process that is copied, passes
on what interrupts it, and ends as the copy does. The command of a release is tested by those tests
that install one.
"""

from __future__ import annotations

import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.world.warm import forward

_COMMAND = """\
#!{python} -IS
import json, os, signal, socket, sys

ends, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
door = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
door.connect({door!r})
run = {{"words": sys.argv[1:], "cwd": os.getcwd(), "environment": dict(os.environ)}}
socket.send_fds(door, [json.dumps(run).encode()], [theirs.fileno(), 0, 1, 2])
theirs.close()
pid = int(ends.recv(100))
for number in (signal.SIGINT, signal.SIGTERM):
    signal.signal(number, lambda number, frame: os.kill(pid, number))
status = int(ends.recv(100))
sys.exit(status if status >= 0 else 128 - status)
"""


@contextmanager
def warm_command(folder: Path) -> Iterator[None]:
    """`pivotgen` is a command in this folder meanwhile."""
    path = folder / "pivotgen.door"
    file = folder / "pivotgen"
    file.write_text(_COMMAND.format(python=sys.executable, door=str(path)), "utf-8")
    file.chmod(0o755)
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as door:
        door.bind(str(path))
        door.listen()
        attendant = threading.Thread(target=_attend, args=[door], daemon=True)
        attendant.start()
        yield
        # Otherwise it would wait for the next command for ever.
        door.shutdown(socket.SHUT_RDWR)
        attendant.join()


def _attend(door: socket.socket) -> None:
    """Hand on the request of each command, until the door is shut."""
    with suppress(OSError):
        while True:
            visitor, _ = door.accept()
            with visitor:
                forward(visitor)
