"""A site under a path of its host: every address has the path, exactly once."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from selectolax.lexbor import LexborHTMLParser

from pivotgen.stages.render.base_path import with_base_path
from tests.world.site import World

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Response

BASE = "https://user.github.io/repo"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<a href="/x/">', '<a href="/repo/x/">'),
        ("<a href='/x/'>", "<a href='/repo/x/'>"),
        ("<a href=/x/>y", "<a href=/repo/x/>y"),
        ("<a href=/>y", "<a href=/repo/>y"),
        ('<A HREF = "/x">', '<A HREF = "/repo/x">'),
        ('<a/href="/x">', '<a/href="/repo/x">'),
        ('<a href=" /x ">', '<a href=" /repo/x ">'),
        ('<a title=">" href="/x">', '<a title=">" href="/repo/x">'),
        ('a < b href="/x" <b href="/z">', 'a < b href="/x" <b href="/repo/z">'),
        ('<form action="/f"><video poster="/p.jpg">', None),
        ('<script src="/a.js">"<a href=\'/x\'>"</script>', None),
        ('<img srcset="/a.png 1x, /b,c.png 2x,//h/x 3x" src="/a.png">', None),
        ('<img srcset="/a.png, /b.png 2x">', '<img srcset="/repo/a.png, /repo/b.png 2x">'),
        ('<meta http-equiv="refresh" content="0; url=/x/">', None),
        ('<title><a href="/x"></title><a href="/y">', None),
    ],
)
def test_an_address_of_the_site_gets_the_path(html: str, expected: str | None) -> None:
    known = {
        '<form action="/f"><video poster="/p.jpg">': (
            '<form action="/repo/f"><video poster="/repo/p.jpg">'
        ),
        '<script src="/a.js">"<a href=\'/x\'>"</script>': (
            '<script src="/repo/a.js">"<a href=\'/x\'>"</script>'
        ),
        '<img srcset="/a.png 1x, /b,c.png 2x,//h/x 3x" src="/a.png">': (
            '<img srcset="/repo/a.png 1x, /repo/b,c.png 2x,//h/x 3x" src="/repo/a.png">'
        ),
        '<meta http-equiv="refresh" content="0; url=/x/">': (
            '<meta http-equiv="refresh" content="0; url=/repo/x/">'
        ),
        '<title><a href="/x"></title><a href="/y">': (
            '<title><a href="/x"></title><a href="/repo/y">'
        ),
    }
    result = with_base_path(html.encode(), b"/repo").decode()
    assert result == (expected or known[html])


@pytest.mark.parametrize(
    "name",
    [
        *("action", "cite", "data", "formaction", "href", "poster", "src", "xlink:href"),
        *("srcset", "imagesrcset"),
    ],
)
def test_every_attribute_that_holds_an_address_gets_the_path(name: str) -> None:
    result = with_base_path(f'<a id="a" {name}="/x/">'.encode(), b"/repo")
    assert result.decode() == f'<a id="a" {name}="/repo/x/">'


@pytest.mark.parametrize("name", ["title", "alt", "data-href", "href-data", "content", "value"])
def test_every_other_attribute_stays(name: str) -> None:
    html = f'<a id="a" {name}="/x/">'
    assert with_base_path(html.encode(), b"/repo").decode() == html


@pytest.mark.parametrize(
    "html",
    [
        '<a href="//host/x"><a href="https://host/x"><a href="#part"><a href="other/">',
        "<a href=//host/x>",
        '<a href="/\\host">',
        '<p>href="/x" src=/y</p>',
        "<p title='href=\"/x\"'>",
        "<p title='<a href=\"/x\">'>",
        '<a data-href="/x">',
        '<!-- <a href="/x"> -->',
        '<textarea><a href="/x"></textarea>',
        '<style>a { background: url(/x) } /* <a href="/x"> */</style>',
        '<meta name="description" content="/x/ and more">',
        '<script type="application/ld+json">{"url": "/x", "text": "<a href=/x>"}</script>',
    ],
)
def test_what_is_no_address_of_the_site_stays(html: str) -> None:
    assert with_base_path(html.encode(), b"/repo") == html.encode()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> World:
    """A site under /repo/, whose pages have links of every kind."""
    world = World(tmp_path_factory.mktemp("base"))
    settings = (world.folder / "build.py").read_text("utf-8")
    world.write("build.py", re.sub(r'base_url=".*?"', f'base_url="{BASE}/"', settings))
    path = world.pivot("Chef", "Nurse")
    text = (world.folder / path).read_text("utf-8")
    text = text.replace("window:", "aliases: [/old/]\nupdated: 2026-11-02\nwindow:")
    more = "\n[Back](nurse-to-chef.md), [all](/), ![Drawing](/assets/icon.svg)\n"
    world.write(path, text + more)
    world.pivot("Nurse", "Chef")
    world.write("content/redirects.yaml", "/gone/: /to/nurse/\n")
    result = world.run("build")
    assert result.returncode == 0, result.stderr
    return world


class _Repo(SimpleHTTPRequestHandler):
    """Serves the site under /repo/, and nothing beside it."""

    def translate_path(self, path: str) -> str:
        if not path.startswith("/repo/"):
            return str(Path(self.directory, "beside"))
        return super().translate_path(path.removeprefix("/repo"))

    def log_message(self, *words: object) -> None:
        pass


@pytest.fixture(scope="module")
def server(site: World) -> Iterator[str]:
    handler = partial(_Repo, directory=str(site.folder / "public"))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def addresses(html: bytes) -> Iterator[str]:
    for node in LexborHTMLParser(html).css("[href], [src], meta[http-equiv=refresh]"):
        for name in ("href", "src"):
            if value := node.attributes.get(name):
                yield value
        if (content := node.attributes.get("content") or "") and "url=" in content:
            yield content.partition("url=")[2]


def test_a_crawler_finds_no_dead_address_under_the_path(site: World) -> None:
    tree = site.tree()
    files = {f"/repo/{name.removesuffix('index.html')}" for name in tree} | {
        f"/repo/{name}" for name in tree
    }
    pages = {name: data for name, data in tree.items() if name.endswith(".html")}
    assert {"old/index.html", "gone/index.html", "404.html"} <= pages.keys()
    count = 0
    for name, data in pages.items():
        for address in addresses(data):
            if address.startswith("#") or address == "https://next.example/":
                continue
            assert address.removeprefix("https://user.github.io").partition("#")[0] in files, name
            count += 1
    assert count > 50


def test_absolute_addresses_have_the_path_exactly_once(site: World) -> None:
    page = site.read("pivots/chef-to-nurse/index.html")
    [graph] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    texts = [
        page,
        json.dumps(json.loads(graph)),
        *(
            site.read(name)
            for name in ("sitemap.xml", "feed.xml", "feed.json", "llms.txt", "robots.txt")
        ),
    ]
    for text in texts:
        assert f"{BASE}/" in text
        assert "/repo/repo" not in text
        assert "user.github.io/pivots" not in text


def test_headers_are_asked_for_under_the_path_and_at_the_root(site: World) -> None:
    patterns = [line for line in site.read("_headers").splitlines() if line.startswith("/")]
    assert patterns[:3] == ["/*", "/assets/*", "/repo/assets/*"]
    assert "/*.png" in patterns


def test_no_request_of_a_browser_fails_under_the_path(server: str, browser: Browser) -> None:
    page = browser.new_page()
    failed: list[str] = []

    def note(answer: Response) -> None:
        if answer.status >= 400:
            failed.append(answer.url)

    page.on("response", note)
    page.on("requestfailed", lambda request: failed.append(request.url))
    for path in (
        "/repo/",
        "/repo/pivots/chef-to-nurse/",
        "/repo/to/nurse/",
        "/repo/skills/negotiation/",
    ):
        page.goto(server + path, wait_until="networkidle")
    page.goto(f"{server}/repo/old/")
    page.wait_for_url("**/repo/pivots/chef-to-nurse/", wait_until="networkidle")
    page.click("text=Explore more career pivots")
    page.wait_for_url(f"{server}/repo/", wait_until="networkidle")
    page.close()
    assert failed == []


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("https://a.example/x?y=1", "cannot have a query"),
        ("https://a.example/x#y", "cannot have a fragment"),
        ("https://a.example/my site", "cannot have a blank"),
        ("https://", "must start with https://"),
        ("https://[a", "must start with https://"),
    ],
)
def test_an_address_that_no_site_can_have_is_an_error_of_the_settings(
    world: World, address: str, message: str
) -> None:
    world.pivot("Chef", "Nurse")
    settings = (world.folder / "build.py").read_text("utf-8")
    world.write("build.py", re.sub(r'base_url=".*?"', f'base_url="{address}"', settings))
    result = world.run("build")
    assert result.returncode == 1
    assert "error[config]" in result.stderr
    assert message in result.stderr
    assert "Traceback" not in result.stderr
    assert world.run("build", "--base-url", address).returncode == 1
