"""Made once for a run of the tests, however many processes share its files among them."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable
from pathlib import Path

import pytest


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder that `make` has filled; who asks meanwhile waits. Nobody may change what is in it.

    A folder that could not be filled is tried again by whoever asks next.
    """
    base = factory.getbasetemp()
    # The processes of one run have their own folders beside each other.
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder = shared / f"once-{name}"
    with open(shared / f"once-{name}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            filling = factory.mktemp(name)
            make(filling)
            filling.rename(folder)
    return folder
