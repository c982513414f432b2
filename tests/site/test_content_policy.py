"""Browsers find nothing on any kind of page that the headers forbid, here and in the preview."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pivotgen.kinds import KINDS, TwinKind
from pivotgen.model.address import address_of
from tests.world.browsing import expect
from tests.world.edits import edit
from tests.world.host import hosted
from tests.world.hosting import SERVERS, open_to_servers
from tests.world.preview import Preview
from tests.world.site import DATED_PIVOT, ROLE, World

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

LISTEN = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.violations.push(`${event.effectiveDirective} ${event.blockedURI}`));
"""
TABLE = "| Ward | Fee |\n|:-----|----:|\n| Four | 9 |\n\n- [x] Done\n\n> [!TIP]\n> Ask.\n\n"
# One address of each kind, by what its file under public/ is called.
OUTPUTS = {
    "find": r"find/index\.html",
    "search": r"find/search\.json",
    "role-map": r"find/map/index\.html",
    "map-drawing": r"find/map\.svg",
    "explorer": r"index\.html",
    "pivot": r"pivots/chef-to-nurse/index\.html",
    "role": r"to/nurse/index\.html",
    "roles": r"roles/index\.html",
    "questions": r"to/nurse/questions/index\.html",
    "skills": r"skills/index\.html",
    "skill": r"skills/negotiation/index\.html",
    "page": r"about/index\.html",
    "missing": r"404\.html",
    "asset": r"assets/icon\.\w+\.svg",
    "theme-style": r"assets/theme\.\w+\.css",
    "redirect": r"old/index\.html",
    "sitemap": r"sitemap\.xml",
    "atom": r"feed\.xml",
    "json-feed": r"feed\.json",
    "llms": r"llms\.txt",
    "robots": r"robots\.txt",
    "moves": r"find/moves\.json",
    "static": r"ward\.png",
}
# Files of hosts, which nobody is sent, and lists of words, which only large sites have.
UNSEEN = {
    "apache",
    "caddy",
    "cloudfront",
    "headers",
    "nginx",
    "no-jekyll",
    "preview-moves",
    "redirect-rules",
    "search-words",
    "vercel",
}
# Chromium shows XML, JSON and pictures in pages of its own, whose styles our headers forbid; a
# redirect leads away.
NO_PAGES = ("sitemap", "atom", "json-feed", "moves", "map-drawing", "search", "static", "redirect")


@pytest.fixture
def site(world: World) -> World:
    """A site with every kind of page, and with all that a layout may have inside."""
    world.pivot("Chef", "Nurse", DATED_PIVOT)
    world.pivot("Nurse", "Pilot", DATED_PIVOT)
    # A page of questions wants two paths into a role.
    world.pivot("Pilot", "Nurse", DATED_PIVOT)
    path = "content/pivots/chef-to-nurse.md"
    edit(world, path, "Some text.", f"{TABLE}![A ward](/ward.png)")
    edit(world, path, "window:", "aliases: [/old/]\nwindow:")
    world.write("content/pages/about.md", "---\ntitle: A\ndescription: B\n---\nText.\n")
    world.write("content/roles/nurse.md", ROLE.replace("{name}", "Nurse"))
    world.write("static/ward.png", (world.folder / "assets/share.png").read_bytes())
    world.write("static/mark.js", "document.documentElement.dataset.outside = 'yes';\n")
    head = '<script src="/mark.js" defer></script>\n<style>.own { color: red }</style>\n'
    head += "<script>document.documentElement.dataset.inside = 'yes';</script>\n"
    world.write("layouts/head.html", head)
    world.setting('theme=Theme(accent="#0b6e4f")')
    settings = (world.folder / "build.py").read_text("utf-8")
    world.write("build.py", settings.replace("Party, main", "Party, Theme, main"))
    return world


def addresses(public: Path) -> dict[str, str]:
    """An address of each kind that a host serves."""
    files = [file.relative_to(public).as_posix() for file in public.rglob("*") if file.is_file()]
    named = {"redirect": "/old/"}
    for kind in OUTPUTS.keys() - named.keys():
        [named[kind]] = [address_of(file) for file in files if re.fullmatch(OUTPUTS[kind], file)]
    return named


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    page.add_init_script(LISTEN)
    yield page
    page.close()


def violations(tab: Page, url: str) -> list[str]:
    """What a browser reports when it has loaded a page and all that is on it."""
    said: list[str] = []
    tab.on("console", lambda message: said.append(message.text))
    tab.goto(url, wait_until="load")
    told = [text for text in said if "Content Security Policy" in text]
    return [*(tab.evaluate("window.violations") or []), *told]


@contextmanager
def served(host: str, public: Path) -> Iterator[int]:
    """A site on the real server of a host, or on what sends its `_headers`; gives the port."""
    if not host:
        with hosted(public) as port:
            yield port
        return
    where = public.parent / "server"
    where.mkdir()
    open_to_servers(where)
    with SERVERS[host]({"": public}, where) as ports:
        yield ports[""]


def test_every_kind_is_looked_at() -> None:
    twins = {kind.name for kind in KINDS.values() if isinstance(kind, TwinKind)}
    assert OUTPUTS.keys() | UNSEEN | twins == KINDS.keys()


@pytest.mark.parametrize("host", ["", *SERVERS])
def test_no_page_of_a_host_has_what_its_headers_forbid(site: World, tab: Page, host: str) -> None:
    if host:
        site.setting(f'hosts=("{host}",)')
    assert site.run("build").returncode == 0
    public = site.folder / "public"
    with served(host, public) as port:
        for kind, path in addresses(public).items():
            if kind in NO_PAGES:
                continue
            assert violations(tab, f"http://127.0.0.1:{port}{path}") == [], kind
        assert violations(tab, f"http://127.0.0.1:{port}/pivots/chef-to-nurse/") == []
        data = "({...document.documentElement.dataset})"
        assert tab.evaluate(data) == {"outside": "yes", "inside": "yes"}
        assert tab.evaluate("document.querySelector('main img').naturalWidth") > 0
        cell = "getComputedStyle(document.querySelector('td.cell-right')).textAlign"
        assert tab.evaluate(cell) == "right"
        tab.goto(f"http://127.0.0.1:{port}/old/")
        tab.wait_for_url("**/pivots/chef-to-nurse/")


def test_what_the_headers_forbid_is_noticed(site: World, tab: Page) -> None:
    assert site.run("build").returncode == 0
    headers = site.folder / "public" / "_headers"
    headers.write_text(re.sub("'sha256-[^']*'", "", headers.read_text("utf-8")), "utf-8")
    with hosted(site.folder / "public") as port:
        told = violations(tab, f"http://127.0.0.1:{port}/pivots/chef-to-nurse/")
        assert {"script-src-elem inline", "style-src-elem inline"} <= set(told)
        assert tab.evaluate("document.documentElement.dataset.inside") is None


def test_no_page_of_the_preview_has_what_its_headers_forbid(site: World, tab: Page) -> None:
    preview = Preview(site.folder)
    try:
        public = site.folder / ".pivotgen" / "preview" / "public"
        for kind, path in {**addresses(public), "nowhere": "/nowhere/"}.items():
            if kind in NO_PAGES:
                continue
            told = violations(tab, f"{preview.address}{path}")
            assert told == [], kind
        # Its own parts work: what is saved shows.
        tab.goto(f"{preview.address}/about/")
        edit(site, "content/pages/about.md", "Text.", "Another text.")
        expect(tab.locator("main")).to_contain_text("Another text.")
        assert tab.evaluate("window.violations") == []
    finally:
        preview.kill()
