"""Waiting for something that another process or thread does."""

from __future__ import annotations

import time
from collections.abc import Callable

# Seconds after which a wait is given up. A machine that is busy may be slow.
PATIENCE = 30.0


def wait_until(condition: Callable[[], object], complaint: str) -> None:
    """Wait until the condition holds. The limit only ends a test that hangs."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, complaint
        time.sleep(0.01)
