"""The server of the preview, asked over HTTP for a site with a base path."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import socket
from collections.abc import Callable
from ipaddress import ip_address
from pathlib import Path
from urllib.request import urlopen

import pytest

from pivotgen.engines.preview.built_site import BuiltSite
from pivotgen.engines.preview.host import Host, host_name, qr_code
from pivotgen.engines.preview.server import PreviewServer
from pivotgen.model.delivery import PLAIN


def serve(site: BuiltSite, ask: Callable[[PreviewServer], None]) -> None:
    """Call `ask` in a thread while a server answers."""

    async def run() -> None:
        server = PreviewServer(Host("127.0.0.1"), site)
        server.listen(0)
        await asyncio.to_thread(ask, server)
        await server.close()

    asyncio.run(run())


def get(server: PreviewServer, path: str) -> tuple[int, str, str]:
    """Status, Location and body."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=15)
    connection.request("GET", path)
    response = connection.getresponse()
    body = response.read().decode()
    connection.close()
    return response.status, response.getheader("Location", ""), body


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("index.html", "pivots/chef-to-nurse/index.html", "404.html"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f"<head></head><main>{name}</main>")
    return tmp_path


def test_the_site_is_served_under_its_base_and_the_preview_at_the_root(root: Path) -> None:
    def ask(server: PreviewServer) -> None:
        assert server.url == f"http://127.0.0.1:{server.port}/repo/"
        assert get(server, "/")[:2] == (302, "/repo/")
        assert get(server, "/repo")[:2] == (302, "/repo/")
        page = "/repo/pivots/chef-to-nurse"
        assert get(server, page)[:2] == (302, f"{page}/")
        status, _, body = get(server, f"{page}/")
        assert status == 200
        assert '<script src="/_pivotgen/overlay.js"' in body
        assert 'data-version="v' in body
        for path in ("/livereload.js", "/_pivotgen/overlay.js", "/_pivotgen/problems.json"):
            assert get(server, path)[0] == 200
            assert get(server, f"/repo{path}")[0] == 404

    serve(BuiltSite(root, "/repo"), ask)


def test_what_is_outside_of_the_base_is_missing_and_explained(root: Path) -> None:
    def ask(server: PreviewServer) -> None:
        status, _, body = get(server, "/pivots/chef-to-nurse/")
        assert status == 404
        assert 'starts with <a href="/repo/">/repo/</a>' in body
        assert '<a href="/repo/pivots/chef-to-nurse/">' in body
        # So that the page changes when the settings do.
        assert "data-version=" in body
        status, _, body = get(server, "/assets/style.css")
        assert (status, body) == (404, "404 Not Found: every address starts with /repo/\n")
        assert get(server, "/repo/assets/style.css")[2] == "404 Not Found\n"

    serve(BuiltSite(root, "/repo"), ask)


def test_where_every_port_to_the_last_is_busy_the_preview_says_so(root: Path) -> None:
    last = 65_535
    with socket.socket() as busy:
        busy.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        # Somebody else may have it already.
        with contextlib.suppress(OSError):
            busy.bind(("127.0.0.1", last))
            busy.listen()
        server = PreviewServer(Host("127.0.0.1"), BuiltSite(root))
        with pytest.raises(OSError, match=f"no port from {last} on is free"):
            server.listen(last)


def test_another_base_is_served_as_soon_as_it_is_shown(root: Path) -> None:
    async def run() -> None:
        server = PreviewServer(Host("127.0.0.1"), BuiltSite(root))
        server.listen(0)
        assert (await asyncio.to_thread(get, server, "/"))[0] == 200
        server.show(BuiltSite(root, "/repo"), b"{}")
        assert (await asyncio.to_thread(get, server, "/"))[0] == 302
        assert (await asyncio.to_thread(get, server, "/repo/"))[0] == 200
        await server.close()

    asyncio.run(run())


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:80/repo/"),
        ("localhost", "http://localhost:80/repo/"),
        ("0.0.0.0", "http://127.0.0.1:80/repo/"),
        ("", "http://127.0.0.1:80/repo/"),
        ("::", "http://127.0.0.1:80/repo/"),
        ("::1", "http://[::1]:80/repo/"),
        ("192.0.2.7", "http://192.0.2.7:80/repo/"),
        ("2001:db8::7", "http://[2001:db8::7]:80/repo/"),
    ],
)
def test_a_host_is_written_as_urls_write_it(name: str, url: str) -> None:
    assert Host(name).url(80, "/repo/") == url


def test_other_machines_are_told_only_what_they_can_reach() -> None:
    for name in ("127.0.0.1", "LOCALHOST", "::1"):
        assert Host(name).network_url(80, "/repo/") is None
    assert Host("192.0.2.7").network_url(80, "/repo/") == "http://192.0.2.7:80/repo/"
    if url := Host("0.0.0.0").network_url(80, "/repo/"):
        assert ip_address(url.removeprefix("http://").removesuffix(":80/repo/")).version == 4


@pytest.mark.parametrize(
    ("name", "header", "accepted"),
    [
        ("127.0.0.1", "127.0.0.1", True),
        ("127.0.0.1", "LocalHost:8000", True),
        ("127.0.0.1", "[::1]:8000", True),
        ("127.0.0.1", "[0:0:0:0:0:0:0:1]:8000", True),
        ("127.0.0.1", "0.0.0.0:8000", False),
        ("127.0.0.1", "127.0.0.2", False),
        ("127.0.0.1", "[::2]:8000", False),
        ("127.0.0.1", "127.0.0.1.evil.example", False),
        ("127.0.0.1", "localhost:8000:8000", False),
        ("127.0.0.1", "localhost:evil", False),
        ("127.0.0.1", "", False),
        ("writer.local", "WRITER.local:8000", True),
        ("writer.local", "evil.example", False),
        ("0.0.0.0", f"{socket.gethostname()}:8000", True),
        ("0.0.0.0", "evil.example", False),
        ("::", "evil.example:8000", False),
        # Nobody can let an address in digits lead elsewhere.
        ("0.0.0.0", "192.168.1.20:8000", True),
        ("::", "[2001:db8::20]:8000", True),
        ("192.0.2.7", "10.1.2.3", True),
        ("127.0.0.1", "192.168.1.20:8000", False),
        ("::1", "[2001:db8::20]", False),
        ("0.0.0.0", "192.168.1.20.evil.example", False),
    ],
)
def test_a_request_must_name_the_server(name: str, header: str, accepted: bool) -> None:
    assert Host(name).accepts(header) is accepted


@pytest.mark.parametrize(
    ("header", "accepted"),
    [
        ("mybox.lan", True),
        ("MyBox.LAN.:8000", True),
        ("sub.mybox.lan", False),
        ("mybox.lan.evil.example", False),
        ("localhost:8000", True),
    ],
)
def test_a_further_name_can_be_allowed(header: str, accepted: bool) -> None:
    host = Host("127.0.0.1", frozenset({host_name("MyBox.lan")}))
    assert host.accepts(header) is accepted


@pytest.mark.parametrize("text", ["https://mybox.lan", "mybox.lan:8000", "my box", "", "a..b"])
def test_what_is_no_host_name_cannot_be_allowed(text: str) -> None:
    with pytest.raises(ValueError, match="is not the name of a host"):
        host_name(text)


@pytest.mark.parametrize(
    ("origin", "header", "accepted"),
    [
        ("http://localhost:8000", "localhost:8000", True),
        # A tunnel that gives the server its local name.
        ("https://desk-8000.tunnel.example", "localhost:8000", True),
        ("https://evil.example", "localhost:8000", False),
        ("https://desk-8000.tunnel.example.evil.example", "localhost:8000", False),
        ("null", "localhost:8000", False),
        ("http://192.168.1.20", "localhost:8000", False),
    ],
)
def test_only_pages_of_the_preview_may_connect(origin: str, header: str, accepted: bool) -> None:
    host = Host("127.0.0.1", frozenset({"desk-8000.tunnel.example"}))
    assert host.accepts_origin(origin, header) is accepted


@pytest.mark.parametrize(
    ("header", "advice"),
    [
        ("desk.lan:8000", "serve --name desk.lan<"),
        ("192.168.1.20", "serve --host 0.0.0.0<"),
        ("[2001:db8::20]:80", "serve --host 0.0.0.0<"),
    ],
)
def test_a_refusal_is_a_page_that_says_why_and_what_to_do(
    root: Path, header: str, advice: str
) -> None:
    def ask(server: PreviewServer) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=15)
        connection.putrequest("GET", "/", skip_host=True)
        connection.putheader("Host", header)
        connection.endheaders()
        response = connection.getresponse()
        body = response.read().decode()
        assert response.status == 403
        assert response.getheader("Content-Type") == "text/html; charset=utf-8"
        assert "does not go by that name" in body
        assert advice in body
        assert "index.html" not in body
        connection.close()

    serve(BuiltSite(root), ask)


@pytest.mark.parametrize("name", ["::", "", "0.0.0.0", "127.0.0.1", "localhost"])
def test_the_address_that_is_printed_answers(root: Path, name: str) -> None:
    async def run() -> None:
        server = PreviewServer(Host(name), BuiltSite(root))
        server.listen(0)
        assert await asyncio.to_thread(answers, server.url)
        if name in ("::", ""):
            assert server.url.startswith("http://127.0.0.1:")
            if socket.has_ipv6 and has_ipv6():
                assert await asyncio.to_thread(answers, f"http://[::1]:{server.port}/")
        await server.close()

    asyncio.run(run())


def answers(url: str) -> bool:
    with urlopen(url, timeout=15) as response:
        return bool(response.status == 200)


def has_ipv6() -> bool:
    """Whether this machine has an address of this kind at all."""
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


def test_a_code_for_phones_is_drawn_with_half_blocks() -> None:
    assert "▄" in qr_code("http://192.0.2.7:8000/repo/")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("pivots/chef-to-nurse/index.html", "text/html; charset=utf-8"),
        ("assets/style.0123456789.css", "text/css; charset=utf-8"),
        ("assets/PHOTO.JPG", "image/jpeg"),
        ("feed.xml", "application/xml"),
        ("CNAME", "application/octet-stream"),
        ("_headers", "application/octet-stream"),
        (".well-known/key", "application/octet-stream"),
        ("file.unknown", "application/octet-stream"),
    ],
)
def test_the_media_type_follows_from_the_ending(path: str, expected: str) -> None:
    assert PLAIN.media_type(path) == expected
