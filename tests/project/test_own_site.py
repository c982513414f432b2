"""A site of one's own, from a wheel in a fresh environment to what its readers get."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.world.site import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Request, Response

ADDRESS = "https://moves.example"
SETTINGS = f"""\
from pivotgen import Config, Link, main

config = Config(
    name="Moves",
    base_url="{ADDRESS}",
    navigation=(Link("All moves", "/"), Link("About", "/about/"), Link("Contact", "/contact/")),
    extra={{"notice_weeks": int}},
)

if __name__ == "__main__":
    main(config)
"""
PIVOT = """\
---
title: "From Baker to Librarian: Quiet after the Ovens"
description: Early hours, steady hands and regulars by name carry over. Catalogues do not.
from: Baker
to: Librarian
window: 1–2 years
published: 2026-01-05
tldr:
  - You know your regulars, and so does a good librarian.
skills:
  - Public service
extra:
  notice_weeks: 6
faqs:
  - question: Do libraries hire people without a degree?
    answer: As assistants they do, and many study beside the job.
---
## What carries over

A counter is a counter, as [teachers who made the move](teacher-to-librarian.md) found. You greet
people who are in a hurry, remember what they like, and keep the queue short without a sharp word.
All of that is the work of a library desk on a Saturday morning.
"""
CONTACT = """\
---
title: Contact
description: How to reach the people behind this site, and how soon they answer what you write.
---
Write to [hello@moves.example](mailto:hello@moves.example), or read [about us](about.md).
"""
FONT_RULE = """
@font-face { font-family: "Moves"; src: url("fonts/moves.woff2") format("woff2"); }
h1 { font-family: "Moves", serif; }
"""


@pytest.fixture(scope="module")
def site(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new site that a wheel in an environment of its own began, changed and built."""
    folder = tmp_path_factory.mktemp("own")
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("PYTHON")
    }

    def run(*command: str | Path, cwd: Path = folder) -> str:
        done = subprocess.run(
            command,
            cwd=cwd,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
        return done.stdout

    # The pip of the tests installs into it, because to install pip itself takes longer.
    run(sys.executable, "-m", "venv", "--without-pip", folder / "venv")
    into = ("--python", folder / "venv" / "bin" / "python")
    run(sys.executable, "-m", "pip", *into, "install", "--quiet", "--no-compile", wheel)
    program = folder / "venv" / "bin" / "pivotgen"
    run(program, "init", "site", "--name", "Moves", "--base-url", ADDRESS)
    site = folder / "site"

    def write(path: str, text: str | bytes) -> None:
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_bytes(text.encode() if isinstance(text, str) else text)

    def change(path: str, old: str, new: str) -> None:
        text = (site / path).read_text("utf-8")
        assert text.count(old) == 1, path
        write(path, text.replace(old, new))

    write("build.py", SETTINGS)
    write("content/pivots/baker-to-librarian.md", PIVOT)
    write("content/pages/contact.md", CONTACT)
    for name in ("_parts.html", "pivot.html", "style.css"):
        run(program, "eject", name, cwd=site)
    explore = '{{ phrases["explore"] }}'
    change("layouts/_parts.html", explore, f"{explore} (all of them)")
    layout = (site / "layouts/pivot.html").read_text("utf-8")
    before, block, after = layout.partition("{% block main %}\n")
    assert block
    notice = (
        "{% if view.extra.notice_weeks is not none %}"
        '<p class="notice">Notice: {{ view.extra.notice_weeks }} weeks</p>{% endif %}\n'
    )
    write("layouts/pivot.html", f"{before}{block}{notice}{after}")
    write("assets/fonts/moves.woff2", b"wOF2" + bytes(96))
    style = (site / "assets/style.css").read_text("utf-8")
    write("assets/style.css", style + FONT_RULE)
    write("layouts/head.html", '<script defer src="/count.js" data-site="moves"></script>\n')
    write("static/count.js", "document.documentElement.dataset.counted = 'yes';\n")
    write("static/.well-known/security.txt", "Contact: mailto:security@moves.example\n")
    run(program, "check", "--strict", cwd=site)
    run(program, "build", cwd=site)
    return site


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *words: object) -> None:
        pass


@pytest.fixture(scope="module")
def server(site: Path) -> Iterator[str]:
    handler = partial(_Quiet, directory=str(site / "public"))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def files(site: Path) -> dict[str, bytes]:
    public = site / "public"
    return {
        file.relative_to(public).as_posix(): file.read_bytes()
        for file in sorted(public.rglob("*"))
        if file.is_file()
    }


def digests(folder: Path) -> set[bytes]:
    contents = (file.read_bytes() for file in folder.rglob("*") if file.is_file())
    return {hashlib.sha256(content).digest() for content in contents}


def addresses(page: str, html: bytes) -> Iterator[str]:
    """The path of every address of this site that a page names."""
    for node in LexborHTMLParser(html).css("[href], [src], [content]"):
        for name in ("href", "src", "content"):
            value = node.attributes.get(name) or ""
            if name == "content" and not value.startswith(ADDRESS):
                continue
            parts = urlsplit(urljoin(f"{ADDRESS}/{page}", value))
            if value and f"{parts.scheme}://{parts.netloc}" == ADDRESS:
                yield parts.path


def test_the_page_has_what_its_owner_put_into_it(site: Path) -> None:
    page = (site / "public/pivots/baker-to-librarian/index.html").read_text("utf-8")
    for part in (
        '<p class="notice">Notice: 6 weeks</p>',
        "(all of them)</a>",
        '<a href="/contact/">Contact</a>',
        '<script defer src="/count.js" data-site="moves"></script>',
        '<a href="/pivots/teacher-to-librarian/">teachers who made the move</a>',
    ):
        assert page.count(part) == 1, part


def test_every_address_leads_to_a_file(site: Path) -> None:
    tree = files(site)
    served = {f"/{name}" for name in tree}
    served |= {f"/{name.removesuffix('index.html')}" for name in tree}
    pages = {name: data for name, data in tree.items() if name.endswith(".html")}
    asked = [(name, path) for name, data in pages.items() for path in addresses(name, data)]
    assert len(asked) > 100
    assert [(name, path) for name, path in asked if path not in served] == []


def test_nothing_of_our_own_site_is_in_it(site: Path) -> None:
    # The icons of the theme are nobody's sign, and our site has them too.
    packaged = digests(ROOT / "assets") | digests(ROOT / "pivotgen/starter")
    ours = digests(ROOT / "static") - packaged
    assert ours
    for name, data in files(site).items():
        assert b"aicareerpivot" not in data.lower(), name
        assert hashlib.sha256(data).digest() not in ours, name


def test_a_browser_gets_all_that_it_asks_for(browser: Browser, site: Path, server: str) -> None:
    page = browser.new_page()
    failed: list[str] = []
    got: set[str] = set()

    def note_failure(request: Request) -> None:
        # Who leaves a page gives up what it still waits for.
        if request.failure != "net::ERR_ABORTED":
            failed.append(request.url)

    def note_answer(response: Response) -> None:
        got.add(urlsplit(response.url).path)
        if response.status >= 400:
            failed.append(response.url)

    page.on("requestfailed", note_failure)
    page.on("response", note_answer)
    page.on("pageerror", lambda error: failed.append(str(error)))
    for name in files(site):
        if name.endswith("index.html"):
            page.goto(f"{server}/{name.removesuffix('index.html')}")
            assert page.evaluate("document.documentElement.dataset.counted") == "yes", name
    security = page.request.get(f"{server}/.well-known/security.txt")
    assert security.text() == "Contact: mailto:security@moves.example\n"
    page.close()
    assert failed == []
    assert [path for path in got if path.endswith(".woff2")]
