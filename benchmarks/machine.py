"""The machine, as far as it explains the figures; nothing that names it."""

from __future__ import annotations

import os
import platform
import re
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Machine:
    """Where the figures come from."""

    processor: str
    cores: int
    # Bytes.
    memory: int
    system: str
    # What the sites are built on, such as "ext4"; making files costs more on some than on others.
    file_system: str


def machine(folder: Path) -> Machine:
    """This machine, and the file system of `folder`."""
    system = platform.freedesktop_os_release()["PRETTY_NAME"]
    kernel = platform.release().partition("-")[0]
    processor = re.search(r"model name\s*:\s*(.*)", Path("/proc/cpuinfo").read_text("utf-8"))
    return Machine(
        processor=processor.group(1) if processor else platform.machine(),
        cores=len(os.sched_getaffinity(0)),
        memory=os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"),
        system=f"{system}, Linux {kernel}",
        file_system=_file_system(folder),
    )


def _file_system(folder: Path) -> str:
    mounts = [line.split()[1:3] for line in Path("/proc/self/mounts").read_text().splitlines()]
    return max((len(at), kind) for at, kind in mounts if folder.resolve().is_relative_to(at))[1]
