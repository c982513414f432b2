"""The site in French and in Arabic, in real Chromium: for every reader, and by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.site.test_browser import KINDS as SITE_KINDS
from tests.site.test_browser import SIZES
from tests.world.accessibility import Axe
from tests.world.host import hosted
from tests.world.until import until

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

KINDS = {
    **SITE_KINDS,
    "pivot that nobody has translated": "/pivots/police-officer-to-cybersecurity-analyst/",
}
ARABIC_NURSE, ARABIC_MANAGER = "ممرض مسجل", "مدير منتج"


@pytest.fixture(scope="module")
def host(public: Path) -> Iterator[str]:
    """The address of the real site."""
    with hosted(public) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(bypass_csp=True)
    yield page
    page.close()


@pytest.mark.parametrize("language", ["fr", "ar"])
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing_in_any_language(
    tab: Page, axe: Axe, host: str, kind: str, language: str
) -> None:
    tab.goto(f"{host}/{language}{KINDS[kind]}")
    assert tab.evaluate("document.documentElement.lang") == language
    for size, scheme in (("phone", "dark"), ("desktop", "light")):
        width, height = SIZES[size]
        tab.set_viewport_size({"width": width, "height": height})
        tab.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        assert axe.breaches(tab) == [], (size, scheme)
        assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_finder_is_used_by_keyboard_in_arabic(browser: Browser, host: str) -> None:
    page = browser.new_page()
    page.goto(f"{host}/ar/find/")
    page.focus("#finder-from")
    for text, role in (("ممرض", ARABIC_NURSE), ("منتج", ARABIC_MANAGER)):
        page.keyboard.type(text)
        until(page, "document.activeElement.getAttribute('aria-expanded') === 'true'")
        until(page, "document.querySelector('.finder [role=status]').textContent")
        said = page.inner_text(".finder [role=status]")
        assert "مه" in said
        assert "{count}" not in said
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.value") == role
        page.keyboard.press("Tab")
    page.focus("#finder-to")
    page.keyboard.press("Enter")
    until(page, "document.querySelector('.finder-answer h2')")
    assert page.inner_text(".finder-answer h2") == f"{ARABIC_NURSE} ← {ARABIC_MANAGER}"
    links = page.eval_on_selector_all(".route a", "all => all.map((one) => one.pathname)")
    assert links == ["/ar/pivots/registered-nurse-to-product-manager/"]
    time = page.inner_text(".route a")
    assert "شهر" in time or "سن" in time
    page.close()


def test_what_an_arabic_reader_searches_is_found_in_arabic(browser: Browser, host: str) -> None:
    page = browser.new_page()
    page.goto(f"{host}/ar/find/?q=التفاوض")
    until(page, "document.querySelector('.finder-results a')")
    links = page.eval_on_selector_all(".finder-results a", "all => all.map((one) => one.pathname)")
    assert "/ar/skills/negotiation/" in links
    assert all(link.startswith("/ar/") for link in links)
    page.close()


def test_the_finder_knows_a_role_by_its_name_in_the_language_of_the_site(
    browser: Browser, host: str
) -> None:
    page = browser.new_page()
    page.goto(f"{host}/fr/find/?from=software-engineer&to=Product+manager")
    until(page, "document.querySelector('.finder-answer h2')")
    assert page.inner_text(".finder-answer h2") == "Développeur → Chef de produit numérique"
    page.close()


@pytest.mark.parametrize("path", ["/fr/", "/ar/to/product-manager/"])
def test_an_offer_moves_nothing(browser: Browser, host: str, path: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844}, locale="en-US")
    page.goto(host + path, wait_until="networkidle")
    until(page, "document.querySelector('.language-offer')")
    shifts = """new Promise((resolve) => {
      new PerformanceObserver((list) => resolve(list.getEntries().map((each) => each.value)))
        .observe({ type: "layout-shift", buffered: true });
      setTimeout(resolve, 400, []);
    })"""
    assert sum(page.evaluate(shifts)) == 0
    page.close()
