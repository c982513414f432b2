"""What a test expects of a page in a browser. Playwright is imported when a test first asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, overload

from tests.world.waiting import PATIENCE

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page
    from playwright.sync_api._generated import LocatorAssertions, PageAssertions


@overload
def expect(part: Page) -> PageAssertions: ...
@overload
def expect(part: Locator) -> LocatorAssertions: ...
def expect(part: Page | Locator) -> PageAssertions | LocatorAssertions:
    """Playwright's `expect`, with our patience."""
    from playwright.sync_api import expect as expect_of_playwright

    expect_of_playwright.set_options(timeout=PATIENCE * 1000)
    return expect_of_playwright(part)
