"""Readers always have a next path, and need no script for it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.site.test_browser import KINDS

if TYPE_CHECKING:
    from playwright.sync_api import Browser

WAYS = ", ".join(f"section[aria-labelledby={name}] a" for name in ("paths", "onward", "kindred"))


def links(html: str, which: str = "a[href]") -> set[str]:
    return {str(link.attributes["href"]) for link in LexborHTMLParser(html).css(which)}


def test_every_pivot_of_the_real_site_leads_to_another(public: Path) -> None:
    pages = sorted(public.glob("pivots/*/index.html"))
    assert len(pages) > 70
    for page in pages:
        own = f"/pivots/{page.parent.name}/"
        others = {link for link in links(page.read_text("utf-8"), WAYS) if link != own}
        assert any(link.startswith("/pivots/") for link in others), own


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_leads_everywhere_without_a_script(
    browser: Browser, address: str, kind: str
) -> None:
    found = []
    for has_script in (False, True):
        page = browser.new_page(java_script_enabled=has_script)
        page.goto(address + KINDS[kind], wait_until="networkidle")
        found.append(links(page.content()))
        page.close()
    without, with_script = found
    assert with_script <= without
    assert len(without) > 5
