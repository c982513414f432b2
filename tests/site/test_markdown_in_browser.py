"""The elements of Markdown that style.css has rules for, in real Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.world.accessibility import Axe
from tests.world.builds import CONFIG, build_here
from tests.world.site import PIVOT, World

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

TEXT = """\
It's a "calm" voice that carries over.[^voice] The second shift is harder.[^voice]

> [!NOTE]
> Ask at https://example.org/board before you apply.

> [!CAUTION]
> Never lift alone.
>
> - Not even once.

- [ ] Call the ward
- [x] Ask for the *rota*
  - [ ] and for a copy

Rota
: Who works when, and who is called in when somebody falls ill on the day before.

Float
: A nurse without a ward.

[^voice]: The survey of the board, 2026.

    It asked four wards.
"""
ANSWER = "answer: |\n      Less than it looks.[^1]\n\n      [^1]: By most accounts."


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> World:
    """A site with a page of all these elements."""
    world = World(tmp_path_factory.mktemp("elements"))
    text = PIVOT.replace("Some text.", TEXT).replace("answer: Less than **it** looks.", ANSWER)
    world.pivot("Chef", "Nurse", text)
    assert build_here(world.folder, CONFIG, world.folder / "public").problems == []
    return world


@pytest.fixture
def page(built: World, browser: Browser) -> Iterator[Page]:
    html = built.read("pivots/chef-to-nurse/index.html")
    [style] = (built.folder / "public" / "assets").glob("style.*.css")
    page = browser.new_page(bypass_csp=True)
    page.route(
        "http://example.test/", lambda route: route.fulfill(body=html, content_type="text/html")
    )
    page.route("**/*.css", lambda route: route.fulfill(path=style))
    page.goto("http://example.test/")
    yield page
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_axe_finds_nothing_in_them(page: Page, axe: Axe, scheme: str, direction: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.evaluate("direction => document.documentElement.dir = direction", direction)
    assert axe.breaches(page) == []


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_none_of_them_is_wider_than_a_small_phone(page: Page, direction: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.evaluate("direction => document.documentElement.dir = direction", direction)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_reader_goes_to_a_footnote_and_back(page: Page) -> None:
    page.click("#fnref-1-2")
    assert page.evaluate("document.querySelector(':target').innerText").startswith("The survey")
    page.click("#fn-1 a[href='#fnref-1-2']")
    assert page.evaluate("document.querySelector(':target').innerText") == "1"


def test_those_who_listen_hear_the_phrases_of_the_language(page: Page) -> None:
    shown = page.locator("main").aria_snapshot()
    for part in ('img "to do"', 'img "done"', 'link "Back to the text"', "Caution"):
        assert part in shown, part
    assert page.locator(".notes").count() == 2
    assert "\0" not in page.content()


def test_paper_has_no_ways_back(page: Page) -> None:
    page.emulate_media(media="print")
    assert not page.locator(".note-back").first.is_visible()
    assert page.locator(".callout-title").first.is_visible()
