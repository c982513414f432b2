"""The page of a pivot as a reader meets it: on a phone, with large text, and on paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, ViewportSize

PAGE = "/pivots/software-engineer-to-product-manager/"
# The one with the longest text, and one that is the only path into its role.
PAGES = (PAGE, "/pivots/military-officer-to-project-manager/", "/pivots/marketing-manager-to-chef/")
PHONE: ViewportSize = {"width": 390, "height": 844}
LARGE = "html { font-size: 200% !important }"
LONG_NAMES = (
    "Fachangestellter für Bäderbetriebe und Schwimmaufsicht",
    "Grundstücksverkehrsgenehmigungszuständigkeitsbeauftragte",
    "Lentokonesuihkuturbiinimoottoriapumekaanikkoaliupseerioppilas",
    "Kiinteistönhoitotyönjohtajan sijainen",
)


@pytest.fixture(scope="module")
def phone(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport=PHONE, bypass_csp=True)
    yield page
    page.close()


@pytest.mark.parametrize("path", PAGES)
def test_the_window_is_above_the_fold_of_a_phone(phone: Page, address: str, path: str) -> None:
    phone.goto(address + path)
    box = phone.locator(".scale").bounding_box()
    assert box
    assert box["y"] + box["height"] < PHONE["height"]


@pytest.mark.parametrize("name", LONG_NAMES)
def test_long_names_in_text_of_twice_the_size_never_scroll_sideways(
    phone: Page, address: str, name: str
) -> None:
    phone.goto(address + PAGE)
    phone.add_style_tag(content=LARGE)
    phone.evaluate(
        "name => document.querySelectorAll('h1 a, h2, .rows a, .carried a, .asked a, .crumbs a, "
        ".becomes, .window strong').forEach(each => { each.textContent = name })",
        name,
    )
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_prints_on_two_sheets_with_its_address_at_the_foot(
    phone: Page, address: str, path: str
) -> None:
    phone.goto(address + path)
    phone.emulate_media(media="print")
    sheets = re.findall(rb"/Type /Page\b", phone.pdf(format="A4"))
    assert len(sheets) <= 2
    assert phone.locator(".address").inner_text() == f"https://aicareerpivot.com{path}"
    for heading in phone.locator("h2:visible").all():
        rest = heading.evaluate(
            "each => { let next = each.nextElementSibling ?? each.parentElement.nextElementSibling;"
            " while (next && !next.checkVisibility()) next = next.nextElementSibling;"
            " return Boolean(next) }"
        )
        assert rest, heading.inner_text()
    phone.emulate_media(media="screen")


def test_contents_are_closed_on_a_phone_and_stay_beside_the_text_on_a_wide_screen(
    phone: Page, address: str
) -> None:
    phone.goto(address + PAGE)
    assert phone.locator("details.contents").is_visible()
    assert not phone.locator("details.contents a").first.is_visible()
    assert not phone.locator("nav.contents").is_visible()
    phone.set_viewport_size({"width": 1280, "height": 900})
    assert not phone.locator("details.contents").is_visible()
    phone.evaluate("window.scrollTo(0, 3000)")
    box = phone.locator("nav.contents").bounding_box()
    assert box
    assert 0 <= box["y"] < 100
    phone.set_viewport_size(PHONE)


@pytest.mark.parametrize("width", [390, 768, 1280])
def test_lines_of_text_are_never_too_long_to_read(phone: Page, address: str, width: int) -> None:
    phone.set_viewport_size({"width": width, "height": 900})
    phone.goto(address + PAGE)
    # How many letters of the text fit on a line, by the mean width of English text.
    letters = phone.evaluate(
        "() => { const text = document.querySelector('.prose p');"
        " const range = document.createRange(); range.selectNodeContents(text);"
        " const lines = new Set([...range.getClientRects()].map(each => Math.round(each.top)));"
        " return text.textContent.length / lines.size }"
    )
    assert letters <= 72
    phone.set_viewport_size(PHONE)


def test_every_stop_of_a_list_of_steps_has_its_number(phone: Page, address: str) -> None:
    phone.goto(address + PAGE)
    items = phone.locator(".prose > ol > li")
    numbers = items.evaluate_all(
        "all => all.map(each => getComputedStyle(each, '::before').content)"
    )
    assert len(numbers) == 5
    assert set(numbers) == {"counter(step)"}
