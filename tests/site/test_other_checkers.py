"""Accessibility as two further checkers see it: HTML_CodeSniffer and IBM's engine.

Each finds what the others do not look for, so a page must please all three; axe is asked in
test_browser.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.site.test_browser import KINDS, SIZES
from tests.world.absent import lacking
from tests.world.site import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NODE = ROOT / ".venv" / "node" / "node_modules"
SNIFFER = "@pa11y/html_codesniffer"
IBM = "accessibility-checker-engine"
# Give errors, each with its rule and what it is about. In the dark only colours are others, so the
# slow one looks at nothing else.
ASK_SNIFFER = """() => new Promise((answer) => {
  HTMLCS.process("WCAG2AA", document, () => answer(HTMLCS.getMessages()
    .filter((message) => message.type === HTMLCS.ERROR)
    .map((message) => message.code + " " + message.element.outerHTML.slice(0, 120))));
})"""
ASK_IBM = """async (isDark) => {
  const checker = new ace.Checker();
  const rules = checker.rulesetRules.WCAG_2_2;
  checker.rulesetRules.WCAG_2_2 = rules.filter((rule) => !isDark || rule.includes("contrast"));
  const report = await checker.check(document, ["WCAG_2_2"]);
  return report.results
    .filter((result) => result.value[0] === "VIOLATION" && result.value[1] === "FAIL")
    .map((result) => result.ruleId + " " + result.snippet);
}"""
CHECKERS = {
    SNIFFER: (f"{SNIFFER}/build/HTMLCS.js", ASK_SNIFFER),
    IBM: (f"{IBM}/ace.js", ASK_IBM),
}


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(bypass_csp=True)
    yield page
    page.close()


def script_of(package: str) -> str:
    file: Path = NODE / CHECKERS[package][0]
    if not file.is_file():
        lacking(package, f"npm install --prefix .venv/node --ignore-scripts {package}")
    return file.read_text("utf-8")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("package", CHECKERS)
def test_no_kind_of_page_breaks_a_rule(tab: Page, address: str, package: str, size: str) -> None:
    script, ask = script_of(package), CHECKERS[package][1]
    width, height = SIZES[size]
    tab.set_viewport_size({"width": width, "height": height})
    breaches: dict[str, list[str]] = {}
    for kind, path in KINDS.items():
        tab.goto(address + path)
        tab.evaluate(script)
        tab.emulate_media(color_scheme="dark")
        dark = tab.evaluate(ask, True)
        tab.emulate_media(color_scheme="light")
        if broken := [*dark, *tab.evaluate(ask, False)]:
            breaches[kind] = broken
    assert breaches == {}


def test_in_the_dark_nothing_but_colours_is_another() -> None:
    style = (ROOT / "assets" / "style.css").read_text("utf-8")
    colours = r"(?:    --[a-z-]+: #[0-9a-f]{6};\n)+"
    dark = rf"@media \(prefers-color-scheme: dark\) {{\n  :root {{\n{colours}  }}\n}}\n"
    assert len(re.findall(dark, style)) == style.count("prefers-color-scheme") == 1


def test_pale_letters_are_noticed_in_the_dark(tab: Page) -> None:
    text = '<p style="background: #333; color: #555">Pale letters.</p>'
    tab.set_content(f'<!doctype html><html lang="en"><title>A</title><main>{text}</main>')
    tab.evaluate(script_of(IBM))
    [breach] = tab.evaluate(ASK_IBM, True)
    assert breach.startswith("text_contrast_sufficient")


@pytest.mark.parametrize("package", CHECKERS)
def test_each_checker_notices_a_picture_without_words(tab: Page, package: str) -> None:
    tab.set_content('<!doctype html><html lang="en"><title>A</title><main><img src="a.png"></main>')
    tab.evaluate(script_of(package))
    assert any("img" in breach.lower() for breach in tab.evaluate(CHECKERS[package][1], False))
