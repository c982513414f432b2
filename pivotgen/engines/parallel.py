"""Parallel: does a piece of work for many items, several at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

_Item = TypeVar("_Item")

# Each waits for answers most of the time; more would only make a busy store slower.
WIDTH = 16


def in_parallel(work: Callable[[_Item], None], items: Sequence[_Item], width: int = WIDTH) -> None:
    """Do the work for every item, so many at a time, in any order, and raise the first error.

    No more is begun after an error; what was begun is waited for, so nothing is still at work when
    this returns.
    """
    left = iter(items)
    lock = threading.Lock()
    is_over = threading.Event()

    def loop() -> None:
        while not is_over.is_set():
            with lock:
                try:
                    item = next(left)
                except StopIteration:
                    return
            try:
                work(item)
            except BaseException:
                is_over.set()
                raise

    if not items:
        return
    width = min(width, len(items))
    with ThreadPoolExecutor(width) as pool:
        loops = [pool.submit(loop) for _ in range(width)]
        try:
            for each in loops:
                each.result()
        except BaseException:
            # Also where somebody presses Ctrl-C.
            is_over.set()
            raise
