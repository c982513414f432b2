"""The server of the preview: to whom it answers, and with what."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.world.preview import Preview
from tests.world.site import ROOT, World

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

URL = "/pivots/chef-to-nurse/"


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """One preview that nobody writes to."""
    world = World(tmp_path_factory.mktemp("guarded"))
    world.pivot("Chef", "Nurse")
    world.write("content/redirects.yaml", f"/before/: {URL}\n/gone/: gone\n")
    world.write("secret.txt", "SECRET")
    preview = Preview(world.folder)
    public = world.folder / ".pivotgen" / "preview" / "public"
    (public / "out").symlink_to(world.folder)
    (public / "link.txt").symlink_to(world.folder / "secret.txt")
    (public / ".hidden").write_text("SECRET")
    (public / "hidden.txt").symlink_to(public / ".hidden")
    (public / ".git").mkdir()
    (public / ".git" / "config").write_text("SECRET")
    yield preview
    preview.kill()


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:{port}", "127.0.0.1.evil.example", "localhost.evil", "0.0.0.0"],
)
@pytest.mark.parametrize("path", [URL, "/_pivotgen/problems.json", "/livereload.js", "/livereload"])
def test_another_host_is_refused(guarded: Preview, host: str, path: str) -> None:
    status, body, _ = guarded.ask(path, Host=host.format(port=guarded.port))
    assert status == 403
    assert "Nurse" not in body


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "LOCALHOST"])
def test_this_machine_is_let_in_under_its_names(guarded: Preview, host: str) -> None:
    assert guarded.ask(URL, Host=f"{host}:{guarded.port}")[0] == 200


def shaken(preview: Preview, origin: str, host: str | None = None) -> int:
    """The answer to a request for the socket."""
    headers = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec_WebSocket_Version": "13"}
    headers |= {"Sec_WebSocket_Key": "dGhlIHNhbXBsZSBub25jZQ==", "Origin": origin}
    return preview.ask("/livereload", Host=host or f"127.0.0.1:{preview.port}", **headers)[0]


def test_only_pages_of_the_preview_may_open_its_socket(guarded: Preview) -> None:
    assert shaken(guarded, guarded.address) == 101
    for origin in (
        "http://evil.example",
        "http://127.0.0.1",
        f"http://127.0.0.1:{guarded.port + 1}",
        f"http://localhost:{guarded.port}",
        f"http://127.0.0.1:{guarded.port}.evil.example",
        "null",
    ):
        assert shaken(guarded, origin) == 403, origin
    rebound = f"evil.example:{guarded.port}"
    assert shaken(guarded, f"http://{rebound}", rebound) == 403


def test_a_page_of_another_site_cannot_listen_in_a_real_browser(
    guarded: Preview, address: str, context: BrowserContext
) -> None:
    page = context.new_page()
    page.goto(address)
    said = page.evaluate(
        """url => new Promise((done) => {
          const socket = new WebSocket(url);
          socket.onopen = () => done('open');
          socket.onerror = () => done('refused');
        })""",
        f"ws://127.0.0.1:{guarded.port}/livereload",
    )
    assert said == "refused"
    asked = "url => fetch(url).then(() => 'read', () => 'refused')"
    assert page.evaluate(asked, f"{guarded.address}/_pivotgen/problems.json") == "refused"


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/../../../secret.txt",
        "/pivots/../../../../secret.txt",
        "/%2e%2e/%2e%2e/%2e%2e/secret.txt",
        "/%2e%2e%2f%2e%2e%2f%2e%2e%2fsecret.txt",
        "/%252e%252e/%252e%252e/%252e%252e/secret.txt",
        "/..%5c..%5c..%5csecret.txt",
        "/..\\..\\..\\secret.txt",
        "/assets/..%2f..%2f..%2f..%2fsecret.txt",
        "/%c0%ae%c0%ae/%c0%ae%c0%ae/%c0%ae%c0%ae/secret.txt",
        "//etc/passwd",
        "///etc/passwd",
        "/%2fetc%2fpasswd",
        "/secret.txt%00.html",
        "/out/secret.txt",
        "/out/build.py",
        "/out/content/pivots/chef-to-nurse.md",
        "/link.txt",
        "/hidden.txt",
        "/.hidden",
        "/%2ehidden",
        "/.git/config",
        "/ledger.sqlite",
        "/../ledger.sqlite",
        "/_pivotgen/../overlay.js",
        "/_pivotgen/%2e%2e/README.md",
        "/secret.txt",
        "/build.py",
        "/content/pivots/chef-to-nurse.md",
        "/pivots/chef-to-nurse.md",
        "/layouts/base.html",
        "/forcereload",
        "/_headers",
    ],
)
def test_nothing_but_the_site_is_served(guarded: Preview, path: str) -> None:
    status, body, _ = guarded.ask(path)
    assert status in (400, 404)
    for secret in ("SECRET", "root:", "tldr:", "Config(", "{%", "SQLite"):
        assert secret not in body


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_nothing_can_be_sent_to_it(guarded: Preview, method: str) -> None:
    assert guarded.ask(URL, method)[0] == 405


def test_nothing_is_kept_by_the_browser_and_no_redirect_is_for_ever(guarded: Preview) -> None:
    for path in (URL, "/assets/style.css", "/feed.xml", "/nowhere/", "/_pivotgen/overlay.js"):
        assert "Cache-Control: no-store" in guarded.ask(path)[2]
    status, _, headers = guarded.ask(URL.rstrip("/"))
    assert status == 302
    assert f"Location: {URL}\n" in headers


def test_an_old_address_leads_on_and_one_that_is_gone_says_so_as_on_a_host(
    guarded: Preview,
) -> None:
    for old in ("/before/", "/before"):
        status, _, headers = guarded.ask(old)
        assert (status, f"Location: {URL}\n" in headers) == (302, True)
        assert "Cache-Control: no-store" in headers
    for gone in ("/gone/", "/gone"):
        status, body, _ = guarded.ask(gone)
        assert (status, "<main" in body) == (410, True)
    assert guarded.ask("/nowhere/")[0] == 404
    assert guarded.ask("/.hosts/preview.json")[0] == 404


def test_what_the_host_will_send_with_a_page_is_sent_here_too(guarded: Preview) -> None:
    public = guarded.folder / ".pivotgen" / "preview" / "public"
    rules = (public / "_headers").read_text("utf-8").split("\n/assets/*\n")[0].splitlines()
    assert rules[0] == "/*"
    assert len(rules) > 3
    policy = next(rule for rule in rules if "Content-Security-Policy" in rule)
    for part in policy.strip().split("; "):
        # What live reload needs is allowed too.
        assert part.partition("-src")[0].removesuffix(" 'none'") in guarded.ask(URL)[2]
    for rule in set(rules[1:]) - {policy}:
        for path in (URL, "/nowhere/", "/assets/style.css"):
            assert f"{rule.strip()}\n" in guarded.ask(path)[2]


def test_what_is_sent_is_what_was_built_and_the_script_of_the_preview(guarded: Preview) -> None:
    public = guarded.folder / ".pivotgen" / "preview" / "public"
    built = (public / URL.strip("/") / "index.html").read_text("utf-8")
    assert "livereload" not in built
    (style,) = (public / "assets").glob("style.*.css")
    sent = guarded.ask(URL)[1].replace("/assets/style.css", f"/assets/{style.name}")
    start, end = sent.index('<script src="/_pivotgen'), sent.index("</head>")
    assert sent[:start] + sent[end:] == built
    assert guarded.ask("/assets/style.css")[1] == style.read_text("utf-8")
    head = guarded.ask(URL, "HEAD")
    length = len(guarded.ask(URL)[1].encode())
    assert (head[0], head[1]) == (200, "")
    assert f"Content-Length: {length}\n" in head[2]


def test_a_build_beside_the_preview_waits_for_nothing(guarded: Preview) -> None:
    command = [sys.executable, "-m", "pivotgen", "--site", str(guarded.folder), "build"]
    result = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=60)
    assert result.returncode == 0
    assert "livereload" not in (guarded.folder / "public" / "index.html").read_text("utf-8")
