"""Lists as readers meet them: on a phone, with large letters, by keyboard, on paper."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.site.test_browser import KINDS
from tests.world.builds import CONFIG, build_here
from tests.world.site import World

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

LISTS = [path for kind, path in KINDS.items() if kind not in ("pivot", "own page")]
# The longest words that roles have in languages that join them.
LONG = (
    ("Rechtsschutzversicherungsgesellschaftsangestellte", "Gesundheitswissenschaftlerin"),
    ("Sovellustukijärjestelmäasiantuntija", "Gesundheitswissenschaftlerin"),
    ("Gesundheitswissenschaftlerin", "Kiinteistönhoitotyönjohtaja"),
)


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(bypass_csp=True)
    yield page
    page.close()


@pytest.fixture
def phone(tab: Page) -> Page:
    tab.set_viewport_size({"width": 390, "height": 844})
    tab.emulate_media(media="screen", forced_colors="none")
    return tab


def test_the_explorer_is_no_longer_than_five_screens_of_a_phone(phone: Page, address: str) -> None:
    phone.goto(address)
    assert phone.evaluate("document.documentElement.scrollHeight") <= 4_000


@pytest.mark.parametrize("path", LISTS)
def test_letters_of_double_size_need_no_sideways_scroll(
    phone: Page, address: str, path: str
) -> None:
    phone.goto(address + path)
    phone.add_style_tag(content="html { font-size: 200% !important }")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


def test_long_names_of_roles_need_no_sideways_scroll(phone: Page, world: World) -> None:
    for origin, target in LONG:
        world.pivot(origin, target)
    public = world.folder / "public"
    assert build_here(world.folder, CONFIG, public).problems == []

    def serve(route: Route) -> None:
        path = route.request.url.removeprefix("http://long.test/").partition("?")[0]
        is_page = path.endswith("/") or not path
        route.fulfill(path=public / path / ("index.html" if is_page else ""))

    phone.route("http://long.test/**", serve)
    try:
        for path in ("", "roles/", "to/gesundheitswissenschaftlerin/", "skills/negotiation/"):
            phone.goto(f"http://long.test/{path}")
            for size in (100, 200):
                phone.add_style_tag(content=f"html {{ font-size: {size}% !important }}")
                assert phone.evaluate("document.documentElement.scrollWidth") <= 390, (path, size)
    finally:
        phone.unroute("http://long.test/**")


def test_the_skip_link_is_there_as_soon_as_it_has_the_focus(phone: Page, address: str) -> None:
    phone.goto(address)
    phone.keyboard.press("Tab")
    box = phone.locator(".skip").bounding_box()
    assert box is not None
    assert box["y"] >= 0


def test_a_click_on_a_heading_sorts_the_moves_by_their_windows(tab: Page, address: str) -> None:
    tab.set_viewport_size({"width": 1280, "height": 900})
    tab.goto(address + "/to/product-manager/")
    spans = "[...document.querySelectorAll('#pivots ~ .moves .months')].map(e => e.dataset.months)"
    given = tab.evaluate(spans)
    tab.locator(".moves thead button").nth(1).click()

    def key(span: str) -> list[int]:
        return [int(part) for part in span.split()]

    rising = sorted(given, key=key)
    assert given != rising
    assert tab.evaluate(spans) == rising
    assert tab.locator(".moves thead th").nth(1).get_attribute("aria-sort") == "ascending"
    tab.locator(".moves thead button").nth(1).click()
    assert [key(span) for span in tab.evaluate(spans)] == [key(span) for span in rising[::-1]]


def test_the_field_of_the_explorer_narrows_roles_and_pivots(phone: Page, address: str) -> None:
    phone.goto(address)
    phone.locator(".filter input").fill("nurse")
    shown = phone.locator(".directory li:visible a")
    assert shown.all_text_contents() == ["Registered Nurse"]
    pivots = phone.locator(".every li:visible a").all_text_contents()
    assert len(pivots) > 3
    assert all("Nurse" in text for text in pivots)
    assert phone.locator(".fields section:visible").count() == 1


def test_a_list_on_paper_has_a_line_for_each_move(phone: Page, address: str) -> None:
    phone.goto(address + "/to/product-manager/")
    phone.set_viewport_size({"width": 700, "height": 900})
    phone.emulate_media(media="print")
    heights = "[...document.querySelectorAll('.moves tbody tr')].map(row => row.offsetHeight)"
    assert max(phone.evaluate(heights)) < 45
    assert not phone.locator(".top").is_visible()


def test_forced_colours_keep_the_windows(phone: Page, address: str) -> None:
    phone.goto(address + "/to/product-manager/")
    phone.emulate_media(forced_colors="active")
    stroke = "at => getComputedStyle(document.querySelector(at)).stroke"
    rail, span = (phone.evaluate(stroke, f".bar {path}") for path in ("path", ".span"))
    assert rail != span
