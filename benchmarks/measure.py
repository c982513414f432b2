"""What one command costs: CPU, time and memory of its whole tree of processes. Linux only.

CPU time is what the kernel adds up for every process that was waited for, so a child of a child
counts. Memory is the largest sum over all living processes that a sample every 20 ms sees. A page
that several processes share is split between them (PSS), or forked workers would count what they
share once each; a tree of one process has nothing to split, and its resident size is far cheaper to
read, so that the gauge does not slow what it measures.
"""

from __future__ import annotations

import ctypes
import os
import select
import subprocess
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

# Seconds between two samples of memory, and the part of the time that sampling may take.
_EVERY = 0.02
_SHARE = 0.05
# Seconds that processes may live on when the first one has ended.
_GRACE = 5.0
# prctl(2): orphans become children of this process and can be waited for.
_SUBREAPER = 36


class CommandError(Exception):
    """A command ended with an error or left processes behind; the message has its last words."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one command took: seconds of CPU, seconds on the clock, bytes at the peak."""

    cpu: float
    wall: float
    memory: int


def measure(command: Sequence[str], folder: Path) -> Cost:
    """Run `command` in `folder` and weigh it; raises CommandError."""
    _adopt_orphans(True)
    try:
        with tempfile.TemporaryFile() as log:
            start = time.perf_counter()
            process = subprocess.Popen(
                command, cwd=folder, stdout=log, stderr=log, start_new_session=True
            )
            peak, seen = _watch(process.pid)
            _, status, usage = os.wait4(process.pid, 0)
            wall = time.perf_counter() - start
            process.returncode = os.waitstatus_to_exitcode(status)
            cpu = usage.ru_utime + usage.ru_stime + _wait_for(seen - {process.pid}, process.pid)
            if process.returncode:
                log.seek(0)
                words = log.read()[-2000:].decode("utf-8", "replace")
                raise CommandError(f"{command[0]} ended with {process.returncode}:\n{words}")
        return Cost(cpu, wall, peak)
    finally:
        _adopt_orphans(False)


def _adopt_orphans(wanted: bool) -> None:
    ctypes.CDLL(None).prctl(_SUBREAPER, int(wanted), 0, 0, 0)


def _watch(root: int) -> tuple[int, set[int]]:
    """Sample until `root` ends; the largest sum of memory, and every process seen."""
    handle = os.pidfd_open(root)
    end = select.poll()
    end.register(handle, select.POLLIN)
    peak, seen, pause = 0, {root}, 0.0
    try:
        while not end.poll(pause * 1000):
            start = time.perf_counter()
            tree = _tree(seen)
            seen |= set(tree)
            peak = max(peak, _memory(tree))
            pause = max(_EVERY, (time.perf_counter() - start) / _SHARE)
    finally:
        os.close(handle)
    return peak, seen


def _tree(known: set[int]) -> list[int]:
    """Living processes that descend from `known`, which keeps those whose parent is gone."""
    found: dict[int, None] = {}
    left = list(known)
    while left:
        process = left.pop()
        if process in found:
            continue
        with suppress(OSError):
            for thread in os.listdir(f"/proc/{process}/task"):
                with open(f"/proc/{process}/task/{thread}/children") as children:
                    left += map(int, children.read().split())
            found[process] = None
    return list(found)


def _memory(tree: Sequence[int]) -> int:
    return sum(_shared_out(one) for one in tree) if len(tree) > 1 else sum(map(_resident, tree))


def _resident(process: int) -> int:
    with suppress(OSError), open(f"/proc/{process}/statm") as sizes:
        return int(sizes.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return 0


def _shared_out(process: int) -> int:
    with suppress(OSError), open(f"/proc/{process}/smaps_rollup") as sizes:
        for line in sizes:
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0


def _wait_for(seen: set[int], group: int) -> float:
    """CPU seconds of processes that outlived their parents; they must end soon."""
    cpu, deadline = 0.0, time.monotonic() + _GRACE
    # -group stands for every child in the process group of the command.
    waiting = {-group, *seen}
    while waiting:
        for one in list(waiting):
            try:
                ended, _, usage = os.wait4(one, os.WNOHANG)
            except ChildProcessError:
                waiting.discard(one)
                continue
            if ended:
                cpu += usage.ru_utime + usage.ru_stime
        if waiting and time.monotonic() > deadline:
            raise CommandError("processes live on when the command has ended")
        if waiting:
            time.sleep(_EVERY)
    return cpu
