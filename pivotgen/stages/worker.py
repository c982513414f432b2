"""Worker: what a worker process needs, imported once for all of them, and how it begins."""

from __future__ import annotations

import gc
import multiprocessing
import os
import threading

from pivotgen.stages.parse import parse
from pivotgen.stages.produce import produce

__all__ = ["parse", "produce", "settle_in"]

# New objects between two looks of the collector: more than a few files leave behind, as nearly all
# are gone by then without its help.
_SELDOM = 50_000


def settle_in() -> None:
    """Begin as a worker: share what is in memory already, and end when the parent does."""
    # The collector writes to what it looks at, and each worker would get a copy of its own.
    gc.freeze()
    gc.set_threshold(_SELDOM)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        # Nobody waits for what is half done.
        os._exit(1)
