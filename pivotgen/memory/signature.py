"""Signatures: what the file system says of a file, and whether that proves it unchanged.

The rule is git's for its index (documented with it as "racy git"): a file whose size, times and
inode are the ones recorded holds the bytes recorded, unless it was changed so shortly before it
was read that a second change could carry the same time. Content decides; the clock saves a read.
"""

from __future__ import annotations

import os
import struct
from pathlib import Path

from pivotgen.disk.own_folder import own_file

_FORM = struct.Struct("<qqqQ")
# Nanoseconds within which two changes may get the same time. Kernels stamp files by their timer
# tick, which is 10 ms at most. Some file systems keep whole or even seconds only; their times have
# nothing below the second.
_TICK = 20_000_000
_COARSE = 2_000_000_000
_SECOND = 1_000_000_000


def signature(stat: os.stat_result) -> bytes:
    """Size, times of modification and of status change, and inode, as bytes."""
    return _FORM.pack(stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)


def settled(stat: os.stat_result, now: int) -> bool:
    """Whether any change after `now` must show in the signature of the file.

    That is so when its last change is long enough before `now` (nanoseconds since 1970).
    """
    last = max(stat.st_mtime_ns, stat.st_ctime_ns)
    coarse = stat.st_mtime_ns % _SECOND == 0 and stat.st_ctime_ns % _SECOND == 0
    return now - last > (_COARSE if coarse else _TICK)


def clock(folder: Path) -> int:
    """The time of the file system that holds `folder`, in nanoseconds since 1970.

    It may differ from this machine's clock.
    """
    file = folder / "clock"
    own_file(file)
    opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o666)
    try:
        os.utime(opened)
        return os.fstat(opened).st_mtime_ns
    finally:
        os.close(opened)
