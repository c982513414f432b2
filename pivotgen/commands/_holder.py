"""Holder: who deploys, and whether another deploy of this machine is still at work."""

from __future__ import annotations

import getpass
import os
import socket
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from pivotgen.model.release import Holder

_PROC = Path("/proc")


def this_holder() -> Holder:
    """This process, as a holder of a target."""
    try:
        name = getpass.getuser()
    except (KeyError, OSError):
        name = str(os.getuid())
    started = _started(os.getpid())
    process = f"{_machine()} {os.getpid()} {started}" if started else ""
    return Holder(uuid4().hex, f"{name} on {socket.gethostname()}", process)


def is_dead(holder: Holder) -> bool:
    """Whether a holder was a process of this machine, and is no more.

    Of other machines, and of other containers on this one, nothing is known.
    """
    machine, _, rest = holder.process.partition(" ")
    number, _, started = rest.partition(" ")
    if not number.isdigit() or machine != _machine():
        return False
    return _started(int(number)) != started


def _machine() -> str:
    """This machine since its start, and the processes of it that can be seen from here."""
    try:
        boot = (_PROC / "sys/kernel/random/boot_id").read_text("ascii")
        seen = os.readlink(_PROC / "self/ns/pid")
    except OSError:
        return ""
    return sha256(f"{boot}{seen}".encode()).hexdigest()[:16]


def _started(process: int) -> str:
    """When a process of this machine began; "" when there is none of that number."""
    try:
        stat = (_PROC / str(process) / "stat").read_text("utf-8", "replace")
    except OSError:
        return ""
    # The name of the program may have blanks and brackets in it; a dead one waits for its parent.
    fields = stat.rpartition(")")[2].split()
    return "" if fields[0] in "ZX" else fields[19]
