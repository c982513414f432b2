"""Worker: what a worker process needs, imported once for all of them, and how it begins."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading

from pivotgen.stages.crew import collect_seldom
from pivotgen.stages.parse import parse
from pivotgen.stages.produce import produce

__all__ = ["parse", "produce", "settle_in"]


def settle_in() -> None:
    """Begin as a worker: share what is in memory already, and end when the parent does."""
    # A terminal interrupts all processes; only the build itself has something to say then.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # The collector writes to what it looks at, and each worker would get a copy of its own.
    gc.freeze()
    collect_seldom()
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        # Nobody waits for what is half done.
        os._exit(1)
