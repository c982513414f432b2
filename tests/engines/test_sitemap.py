"""The sitemap of a live site: a stranger's file, read within limits."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from pivotgen.engines import sitemap
from pivotgen.engines.sitemap import Sitemap, SitemapError, read_site, read_sitemap
from tests.world.site import World

TOP = '<?xml version="1.0"?>\n'
SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


@contextmanager
def serving(files: dict[str, bytes]) -> Iterator[str]:
    """A server with these files; one that starts with `to ` is a redirect."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            data = files.get(self.path)
            if data is None:
                self.send_error(404)
                return
            moved = data.startswith(b"to ")
            self.send_response(301 if moved else 200)
            if moved:
                self.send_header("Location", data[3:].decode())
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *words: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def urls(*rows: str) -> bytes:
    listed = "".join(f"<url>{row}</url>" for row in rows)
    return f"{TOP}<urlset {SPACE}>{listed}</urlset>".encode()


def read(data: bytes) -> dict[str, date | None]:
    whole = Sitemap()
    read_sitemap(data, "sitemap.xml", whole)
    return whole.addresses


def test_days_are_read_in_every_form_that_has_one() -> None:
    data = urls(
        "<loc> https://a.example/a/ </loc><lastmod>2026-03-04</lastmod>",
        "<loc>https://a.example/b/?x=1&amp;y=2</loc><lastmod>2026-03-04T10:00:00Z</lastmod>",
        "<loc>https://a.example/c/</loc><lastmod>2026-03</lastmod>",
        "<loc>https://a.example/d/</loc><lastmod>2026-02-31</lastmod>",
        "<loc>https://a.example/e/</loc>",
    )
    day = date(2026, 3, 4)
    assert list(read(data).values()) == [day, day, None, None, None]
    assert "https://a.example/b/?x=1&y=2" in read(data)


@pytest.mark.parametrize(
    "data",
    [
        b"<html><body>no</body></html>",
        b"<urlset><url>",
        b"not XML",
        b"",
        b'<!DOCTYPE urlset [<!ENTITY a "b">]><urlset><url><loc>&a;</loc></url></urlset>',
        b'<!DOCTYPE urlset SYSTEM "file:///etc/passwd"><urlset/>',
    ],
)
def test_what_is_no_sitemap_is_refused(data: bytes) -> None:
    with pytest.raises(SitemapError, match="is no sitemap"):
        read(data)


def test_an_index_is_followed_on_its_own_host_packed_files_too() -> None:
    files = {"/one.xml.gz": gzip.compress(urls("<loc>https://a.example/a/</loc>"))}
    with serving(files) as host:
        parts = f"<sitemap><loc>{host}/one.xml.gz</loc></sitemap>"
        index = f"{TOP}<sitemapindex {SPACE}>{parts}</sitemapindex>".encode()
        files |= {"/sitemap.xml": b"to /index.xml", "/index.xml": index}
        assert list(read_site(f"{host}/sitemap.xml", is_named=True)) == ["https://a.example/a/"]
        elsewhere = "<sitemap><loc>http://127.0.0.1:1/x.xml</loc></sitemap>"
        files["/index.xml"] = f"<sitemapindex>{elsewhere}</sitemapindex>".encode()
        with pytest.raises(SitemapError, match="of another host"):
            read_site(f"{host}/sitemap.xml", is_named=True)


def test_limits_hold_packed_or_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "_BYTES", 1_000_000)
    large = urls("<loc>https://a.example/</loc>") + b" " * 2_000_000
    with serving({"/a.xml": large, "/b.xml": gzip.compress(large)}) as host:
        for name in ("a.xml", "b.xml"):
            with pytest.raises(SitemapError, match="larger than 1 MB"):
                read_site(f"{host}/{name}", is_named=True)


def test_a_host_that_nobody_named_is_not_asked_in_a_private_network() -> None:
    with serving({"/sitemap.xml": urls()}) as host:
        with pytest.raises(SitemapError, match="private network"):
            read_site(f"{host}/sitemap.xml", is_named=False)
        with pytest.raises(SitemapError, match="status 404"):
            read_site(f"{host}/other.xml", is_named=True)


def test_a_lock_begins_with_the_days_of_the_live_site(world: World) -> None:
    for a, b in (("Chef", "Nurse"), ("Nurse", "Pilot")):
        world.pivot(a, b)
    text = (world.folder / "build.py").read_text("utf-8")
    world.write("build.py", text.replace("https://aicareerpivot.com", "https://a.example/repo"))
    rows = [
        f"<loc>https://a.example{path}</loc><lastmod>2026-01-0{number}</lastmod>"
        for number, path in enumerate(
            ["/repo/pivots/chef-to-nurse/", "/repo/old", "/repo/a.pdf", "/other/"], 1
        )
    ]
    with serving({"/sitemap.xml": urls(*rows)}) as host:
        result = world.run("lock", "--pull", f"{host}/sitemap.xml")
    assert result.returncode == 0, result.stderr
    assert "2 addresses taken from the live site" in result.stdout
    assert "2 addresses there can be no page of this site" in result.stdout
    assert "1 address have no page" not in result.stdout
    lock = (world.folder / "pivots.lock").read_text("utf-8")
    assert "/old/ - 2026-01-02\n" in lock
    assert "2026-01-01\n" in lock.partition("/pivots/chef-to-nurse/")[2].partition("/pivots/")[0]
    assert "error[lost-address]: /old/" in world.run("check").stderr
    failed = world.run("lock", "--pull", "http://127.0.0.1:1/sitemap.xml")
    assert failed.returncode == 1
    assert "Traceback" not in failed.stderr
