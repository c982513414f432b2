"""The form "I am a … / I want to become a …" in real Chromium, under the headers of the site."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.world.accessibility import Axe
from tests.world.until import until

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

NURSE = "/find/?from=nurse&to=ux+designer"
LAST = "/pivots/product-manager-to-ux-designer/"
SHIFTS = """new Promise((resolve) => {
  const told = (one) => [one.node?.outerHTML ?? one.node?.data, one.previousRect, one.currentRect];
  const entry = (shift) => JSON.stringify([shift.value, scrollY, shift.sources.map(told)]);
  new PerformanceObserver((list) => resolve(list.getEntries().map(entry)))
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(resolve, 400, []);
})"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    yield page
    page.close()


def answer(page: Page) -> str:
    """The headline of the answer, once it is there."""
    until(page, "document.querySelector('.finder-answer h2, .finder-answer p')")
    return page.inner_text(".finder-answer [role=status]").split("\n")[0]


def stops(page: Page) -> list[str]:
    """The roles of the best way."""
    return page.locator(".route").first.locator("li span").all_inner_texts()


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def slowly(route: Route) -> None:
    time.sleep(0.3)
    route.continue_()


def type_and_take(page: Page, text: str, role: str) -> None:
    """Type a name into the field that has the focus, and take a role from its list by keys."""
    page.keyboard.type(text)
    until(page, "document.activeElement.getAttribute('aria-expanded') === 'true'")
    named = f"""document.getElementById(
        document.activeElement.getAttribute('aria-activedescendant'))?.textContent === {role!r}"""
    for _ in range(8):
        press(page, "ArrowDown")
        if page.evaluate(f"Boolean({named})"):
            press(page, "Enter")
            break
    assert page.evaluate("document.activeElement.value") == role


def test_a_keyboard_alone_leads_from_a_nurse_to_the_last_page_of_the_way(
    page: Page, host: str
) -> None:
    page.goto(host + "/")
    for _ in range(30):
        press(page, "Tab")
        if page.evaluate("document.activeElement.id") == "finder-from":
            break
    type_and_take(page, "nurse", "Registered Nurse")
    press(page, "Tab")
    type_and_take(page, "ux", "UX Designer")
    press(page, "Enter")
    page.wait_for_url("**/find/?*")
    assert answer(page) == "Registered Nurse to UX Designer"
    assert stops(page) == ["Registered Nurse", "Product Manager", "UX Designer"]
    for _ in range(40):
        press(page, "Tab")
        if page.evaluate("document.activeElement.pathname") == LAST:
            break
    with page.expect_navigation():
        press(page, "Enter")
    assert page.url == host + LAST
    page.go_back()
    assert answer(page) == "Registered Nurse to UX Designer"


def test_touch_leads_there_too(browser: Browser, host: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True)
    page = context.new_page()
    page.goto(host + "/")
    for name, text, role in (("from", "nurse", "Registered Nurse"), ("to", "ux", "UX Designer")):
        page.tap(f"#finder-{name}")
        page.keyboard.type(text)
        page.locator(f"#finder-{name}-roles [role=option]", has_text=role).tap()
        assert page.input_value(f"#finder-{name}") == role
        assert page.locator(f"#finder-{name}-roles").is_hidden()
    page.tap(".finder button")
    page.wait_for_url("**/find/?*")
    assert answer(page) == "Registered Nurse to UX Designer"
    page.locator(f".route a[href$='{LAST}']").tap()
    page.wait_for_url(host + LAST)
    context.close()


def test_without_a_script_the_list_of_all_roles_leads_there_in_two_moves(
    browser: Browser, host: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(host + "/")
    page.fill("#finder-from", "nurse")
    page.fill("#finder-to", "ux designer")
    page.keyboard.press("Enter")
    page.wait_for_url("**/find/?from=nurse&to=ux+designer")
    assert "needs a script" in page.inner_text("noscript")
    page.click(".finder-directory a")
    page.click("main a:text-is('Registered Nurse')")
    page.click(".other-side a")
    assert page.url == host + "/from/registered-nurse/"
    page.click(f".two-moves a[href='{LAST}']")
    assert page.url == host + LAST
    context.close()


def test_back_and_forward_keep_each_answer(page: Page, host: str) -> None:
    page.goto(host + NURSE)
    assert answer(page) == "Registered Nurse to UX Designer"
    for name, text in (("from", "chef"), ("to", "software engineer")):
        page.fill(f"#finder-{name}", text)
    press(page, "Enter")
    until(page, "document.querySelector('.finder-answer h2').textContent.startsWith('Chef')")
    assert page.title().startswith("Chef to Software Engineer · ")
    page.go_back()
    until(page, "document.querySelector('.finder-answer h2').textContent.startsWith('Reg')")
    assert page.input_value("#finder-from") == "nurse"
    page.go_forward()
    until(page, "document.querySelector('.finder-answer h2').textContent.startsWith('Chef')")
    assert page.input_value("#finder-to") == "software engineer"
    page.reload()
    assert answer(page) == "Chef to Software Engineer"


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_with_the_list_open_and_answered(
    browser: Browser, axe: Axe, host: str, width: int
) -> None:
    page = browser.new_page(bypass_csp=True, viewport={"width": width, "height": 800})
    page.goto(host + NURSE)
    answer(page)
    page.focus("#finder-to")
    page.fill("#finder-to", "manager")
    until(page, "!document.querySelector('#finder-to-roles').hidden")
    press(page, "ArrowDown")
    page.emulate_media(color_scheme="dark")
    assert axe.breaches(page) == []
    page.emulate_media(color_scheme="light")
    assert axe.breaches(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize(
    ("path", "last"),
    [
        ("/", ".finder"),
        ("/find/", ".finder-examples"),
        (NURSE, ".finder-answer h2"),
        ("/find/?from=chef&to=software+engineer", ".finder-answer h2"),
        ("/find/?q=judgment", ".finder-results a"),
    ],
)
def test_nothing_moves_while_a_page_loads(
    browser: Browser, host: str, path: str, last: str, width: int
) -> None:
    # A loaded machine may paint half a page; what moves each time is a fault of the page.
    moved: list[list[str]] = []
    while len(moved) < 3 and (not moved or moved[-1]):
        page = browser.new_page(viewport={"width": width, "height": 800})
        # A slow connection brings moves and results long after the page.
        page.route("**/*.json", slowly)
        page.goto(host + path)
        until(page, f"document.querySelector({last!r})")
        moved.append(page.evaluate(SHIFTS))
        page.close()
    assert [] in moved, moved


@pytest.mark.parametrize(
    ("typed", "headline", "sentence"),
    [
        (("swe", "pm"), "Software Engineer to Product Manager", "There is a page about this move"),
        (("chef", "Head cook"), "Chef to Chef", "These two are the same role."),
        (("nurse", "astronaut"), "No role here goes by “astronaut”.", ""),
        (
            ("zzzz", "qqqq"),
            "No role here goes by “zzzz”. No role here goes by “qqqq”.",
            "",
        ),
    ],
)
def test_an_answer_says_what_there_is(
    page: Page, host: str, typed: tuple[str, str], headline: str, sentence: str
) -> None:
    page.goto(host + "/find/")
    page.fill("#finder-from", typed[0])
    page.fill("#finder-to", typed[1])
    page.click(".finder button")
    assert answer(page) == headline
    assert sentence in page.inner_text(".finder-answer")


def test_what_else_a_name_may_mean_is_offered_with_the_other_name_kept(
    page: Page, host: str
) -> None:
    page.goto(host + "/find/?from=analyst&to=nurse")
    assert answer(page) == "Data Analyst to Registered Nurse"
    page.locator(".finder-guess a", has_text="Policy Analyst").click()
    until(page, "document.querySelector('.finder-answer h2')?.textContent.startsWith('Policy')")
    assert answer(page) == "Policy Analyst to Registered Nurse"
    assert page.input_value("#finder-to") == "nurse"


def test_a_name_that_two_roles_go_by_offers_the_other(page: Page, host: str) -> None:
    page.goto(host + "/find/?from=swe&to=pm")
    assert answer(page) == "Software Engineer to Product Manager"
    assert page.locator(".finder-guess a").all_inner_texts() == ["Project Manager"]


def test_what_names_no_role_can_be_searched_for(page: Page, host: str) -> None:
    page.goto(host + "/find/?from=nurse&to=triage")
    assert answer(page) == "No role here goes by “triage”."
    page.click(".finder-answer a >> text=Search for “triage”")
    until(page, "document.querySelector('.finder-results a')")
    assert page.locator(".finder-results a").first.inner_text() == "Triage"


def test_moves_that_do_not_come_are_told_and_asked_for_again(page: Page, host: str) -> None:
    page.route("**/moves.json", lambda route: route.abort())
    page.goto(host + NURSE)
    assert answer(page).startswith("The list of moves could not be loaded.")
    page.unroute("**/moves.json")
    page.click(".finder button")
    until(page, "document.querySelector('.finder-answer h2')")
    assert answer(page) == "Registered Nurse to UX Designer"


def test_a_screen_reader_hears_a_combobox_and_how_many_roles_there_are(
    page: Page, host: str
) -> None:
    page.goto(host + "/find/")
    page.focus("#finder-from")
    page.keyboard.type("nurse")
    until(page, "!document.querySelector('#finder-from-roles').hidden")
    assert 'combobox "I am a"' in page.locator(".finder").aria_snapshot()
    assert page.locator(".finder [role=status]").inner_text() == "1 role"
    press(page, "Escape")
    assert page.locator("#finder-from-roles").is_hidden()
    assert page.get_attribute("#finder-from", "aria-expanded") == "false"
    press(page, "Escape")
    assert page.input_value("#finder-from") == ""
    page.keyboard.type("xyzzy")
    until(page, "document.querySelector('.finder [role=status]').textContent === 'no role'")


def test_every_page_leads_to_the_finder_in_a_step(page: Page, host: str) -> None:
    for path in ("/", "/pivots/chef-to-operations-manager/", "/to/chef/", "/about/", "/404.html"):
        page.goto(host + path)
        page.click("header.top a[href='/find/']")
        assert page.url == host + "/find/"


def test_the_months_of_a_way_stay_together_on_one_line(browser: Browser, host: str) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.goto(host + NURSE)
    answer(page)
    heights = page.evaluate("""[...Array(120).keys()].map((width) => {
      const sentence = document.querySelector('.finder-answer p').firstChild;
      sentence.parentElement.style.maxWidth = `${120 + 2 * width}px`;
      const [months] = sentence.data.match(/18.*36/), range = document.createRange();
      range.setStart(sentence, sentence.data.indexOf(months));
      range.setEnd(sentence, sentence.data.indexOf(months) + months.length);
      return range.getBoundingClientRect().height;
    })""")
    assert max(heights) == min(heights) > 0
    page.close()


def test_a_page_that_nobody_has_asked_suggests_questions_that_have_answers(
    page: Page, host: str
) -> None:
    page.goto(host + "/find/")
    examples = page.locator(".finder-examples a").all_inner_texts()
    assert len(examples) == 3
    page.locator(".finder-examples a").first.click()
    until(page, "document.querySelector('.finder-answer h2')")
    assert answer(page) == examples[0]
    assert page.locator(".finder-examples").count() == 0
    assert len(stops(page)) == 3
    page.go_back()
    until(page, "document.querySelector('.finder-examples')")
