"""Until: waits for what a page shows, under its content policy.

Playwright's own `wait_for_function` has the page evaluate a text, which the policy forbids.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from tests.world.waiting import PATIENCE

if TYPE_CHECKING:
    from playwright.sync_api import Page


def until(page: Page, condition: str) -> None:
    """Wait until this JavaScript is true in the page."""
    end = time.monotonic() + PATIENCE
    while not _is_true(page, condition):
        assert time.monotonic() < end, condition
        page.wait_for_timeout(20)


def _is_true(page: Page, condition: str) -> bool:
    from playwright.sync_api import Error

    try:
        return bool(page.evaluate(f"Boolean({condition})"))
    except Error as error:
        # The page is just being loaded anew.
        if "context was destroyed" in error.message:
            return False
        raise
