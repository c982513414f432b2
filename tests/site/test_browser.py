"""What a reader meets, in real Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.world.accessibility import Axe

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

KINDS = {
    "explorer": "/",
    "pivot": "/pivots/software-engineer-to-product-manager/",
    "role, paths into": "/to/product-manager/",
    "role, paths out of": "/from/software-engineer/",
    "skill": "/skills/systems-thinking/",
    "roles": "/roles/",
    "skills": "/skills/",
    "questions": "/to/product-manager/questions/",
    "own page": "/about/",
    "find": "/find/",
    "map": "/find/map/",
    "missing": "/404.html",
}
SIZES = {"phone": (390, 844), "desktop": (1280, 900)}


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    """A tab for all tests that look at a page as it is loaded, since a new one takes long."""
    page = browser.new_page(bypass_csp=True)
    yield page
    page.close()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(tab: Page, axe: Axe, address: str, kind: str, size: str) -> None:
    width, height = SIZES[size]
    tab.set_viewport_size({"width": width, "height": height})
    tab.goto(address + KINDS[kind])
    tab.emulate_media(color_scheme="dark")
    assert axe.breaches(tab) == []
    tab.emulate_media(color_scheme="light")
    assert axe.breaches(tab) == []


def test_axe_notices_what_is_wrong_in_one_scheme_alone(tab: Page, axe: Axe) -> None:
    style = "@media (prefers-color-scheme: dark) { p { background: #333; color: #555 } }"
    head = f"<title>A</title><style>{style}</style>"
    tab.set_content(f'<!doctype html><html lang="en">{head}<main><h1>A</h1><p>Text.</p></main>')
    tab.emulate_media(color_scheme="light")
    assert axe.breaches(tab) == []
    tab.emulate_media(color_scheme="dark")
    assert axe.breaches(tab) == [["color-contrast", "<p>Text.</p>"]]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_nothing_is_wider_than_a_small_phone(
    tab: Page, address: str, kind: str, direction: str
) -> None:
    tab.set_viewport_size({"width": 320, "height": 640})
    tab.goto(address + KINDS[kind])
    tab.evaluate("direction => document.documentElement.dir = direction", direction)
    assert tab.evaluate("document.documentElement.scrollWidth") <= 320


def test_no_page_asks_another_host_for_anything(browser: Browser, address: str) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in KINDS.values():
        page.goto(address + path)
    assert asked
    assert [url for url in asked if not url.startswith(address)] == []
    page.close()


def follow(page: Page, selector: str) -> None:
    """Tab from the top of the page to the first link that fits, and press Enter."""
    for _ in range(400):
        page.keyboard.press("Tab")
        if page.evaluate(f"document.activeElement.matches({selector!r})"):
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline != "none"
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
    raise AssertionError(f"no focus ever reached {selector}")


def test_a_keyboard_alone_walks_the_site_without_javascript(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "/")
    follow(page, "main a[href='/to/product-manager/']")
    follow(page, ".moves a[href='/pivots/data-analyst-to-product-manager/']")
    follow(page, "#paths ~ .rows a")
    assert page.url.endswith("-to-product-manager/")
    follow(page, "h1 a[href='/to/product-manager/']")
    assert page.inner_text("h1") == "Paths into Product Manager"
    context.close()


def test_the_skip_link_is_first_and_leads_to_the_text(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address + KINDS["pivot"])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.close()
