"""Compressed copies on real servers: who gets which, with what headers, and never an old one."""

from __future__ import annotations

import gzip
import http.client
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import brotli
import pytest
import zstandard

from tests.world.builds import CONFIG, build_here
from tests.world.hosting import SERVERS, Answer, built, open_to_servers, site_with_moves
from tests.world.pictures import svg
from tests.world.site import World

# nginx has no module for Zstandard.
TAKES = {
    "nginx": ("br", "gzip"),
    "caddy": ("br", "zstd", "gzip"),
    "apache": ("br", "zstd", "gzip"),
}
DECODED: Mapping[str, Callable[[bytes], bytes]] = {
    "br": brotli.decompress,
    "gzip": gzip.decompress,
    "zstd": lambda data: zstandard.ZstdDecompressor().decompress(data),
    "": bytes,
}
BASES = ("", "/repo")
SIDECARS = ("br", "gz", "zst")
HTML = "text/html; charset=utf-8"


def asked(port: int, path: str, method: str = "GET", **headers: str) -> Answer:
    """The answer to a request; nothing is asked for that `headers` do not name."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.putrequest(method, path, skip_accept_encoding=True)
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        response = connection.getresponse()
        given = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, given, response.read())
    finally:
        connection.close()


def decoded(answer: Answer) -> bytes:
    return DECODED[answer.headers.get("content-encoding", "")](answer.body)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    folder = tmp_path_factory.mktemp("copies")
    open_to_servers(folder)
    world = site_with_moves(folder)
    world.write("static/plan.svg", svg("width='9' height='9'" + " " * 900))
    # An archive that is no copy of anything.
    world.write("static/data.csv.gz", gzip.compress(b"a,b\n" * 900))
    return world


@pytest.fixture(scope="module")
def sites(world: World) -> dict[str, Path]:
    hosts = tuple(TAKES)
    return {base: built(world, base, hosts=hosts, sidecars=SIDECARS) for base in BASES}


@pytest.fixture(scope="module", params=TAKES)
def host(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture(scope="module")
def ports(
    host: str, sites: Mapping[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, int]]:
    folder = tmp_path_factory.mktemp("server")
    open_to_servers(folder)
    with SERVERS[host](sites, folder) as ports:
        yield ports


@pytest.mark.parametrize("base", BASES)
def test_each_browser_gets_a_copy_that_it_takes_and_the_headers_of_the_file(
    host: str, ports: Mapping[str, int], sites: Mapping[str, Path], base: str
) -> None:
    style = next((sites[base] / "assets").glob("style.*.css")).name
    rows = [
        ("/", "index.html", HTML, 200),
        ("/to/%D0%BF%D0%BE%D0%B2%D0%B0%D1%80/", "to/повар/index.html", HTML, 200),
        ("/files/form.txt", "files/form.txt", "text/plain; charset=utf-8", 200),
        ("/plan.svg", "plan.svg", "image/svg+xml", 200),
        (f"/assets/{style}", f"assets/{style}", "text/css; charset=utf-8", 200),
        ("/none/", "404.html", HTML, 404),
        ("/gone/", "404.html", HTML, 410),
    ]
    for path, file, media, status in rows:
        plain = asked(ports[base], base + path)
        assert "content-encoding" not in plain.headers, path
        for encoding in TAKES[host]:
            answer = asked(ports[base], base + path, Accept_Encoding=encoding)
            place = (host, path, encoding)
            assert answer.status == plain.status == status, place
            assert answer.headers.get("content-encoding", "") == encoding, place
            assert decoded(answer) == plain.body == (sites[base] / file).read_bytes(), place
            assert answer.headers["content-type"] == plain.headers["content-type"] == media, place
            if status == 200:
                for said in (answer, plain):
                    assert "accept-encoding" in said.headers.get("vary", "").lower(), place
            for name in (
                *("content-security-policy", "cache-control", "x-content-type-options"),
                "cross-origin-resource-policy",
            ):
                assert answer.headers.get(name) == plain.headers.get(name), (*place, name)
            head = asked(ports[base], base + path, "HEAD", Accept_Encoding=encoding)
            assert (head.status, head.body) == (status, b""), place
            assert head.headers.get("content-encoding") == encoding, place


def test_what_a_browser_does_not_take_it_does_not_get(host: str, ports: Mapping[str, int]) -> None:
    for takes in ("identity", "deflate", "br;q=0, gzip;q=0, zstd;q=0"):
        answer = asked(ports[""], "/", Accept_Encoding=takes)
        assert "content-encoding" not in answer.headers, takes
        assert b"</html>" in answer.body
    answer = asked(ports[""], "/", Accept_Encoding="gzip, deflate, br, zstd")
    assert answer.headers["content-encoding"] == "br"
    answer = asked(ports[""], "/", Accept_Encoding="gzip, br;q=0")
    assert answer.headers["content-encoding"] == "gzip"


def test_a_part_of_a_file_is_a_part_of_what_was_asked_for(
    host: str, ports: Mapping[str, int], sites: Mapping[str, Path]
) -> None:
    whole = (sites[""] / "files" / "form.txt").read_bytes()
    answer = asked(ports[""], "/files/form.txt", Range="bytes=10-29")
    assert (answer.status, answer.body) == (206, whole[10:30])
    answer = asked(ports[""], "/files/form.txt", Range="bytes=2-9", Accept_Encoding="gzip")
    copy = (sites[""] / "files" / "form.txt.gz").read_bytes()
    is_part = answer.status == 206 and answer.body == copy[2:10]
    assert is_part or decoded(answer) == whole


def test_what_has_no_copy_is_sent_as_it_is(ports: Mapping[str, int]) -> None:
    for path, media in (
        ("/photo.png", "image/png"),
        ("/.well-known/security.txt", "text/plain; charset=utf-8"),
        ("/data.csv.gz", "application/gzip"),
    ):
        answer = asked(ports[""], path, Accept_Encoding="gzip, br, zstd")
        assert answer.status == 200
        assert "content-encoding" not in answer.headers, path
        assert answer.headers["content-type"] == media
    for path in ("/old/", "/to/nurse"):
        assert asked(ports[""], path, Accept_Encoding="gzip, br").status in (301, 308)


def test_after_an_edit_no_browser_gets_old_words(host: str, tmp_path: Path) -> None:
    open_to_servers(tmp_path)
    world = site_with_moves(tmp_path)
    config = replace(CONFIG, hosts=(host,), sidecars=SIDECARS)
    public = tmp_path / "public"
    text = (tmp_path / "content/pages/about.md").read_text("utf-8")
    long = "Words that stand here for a while. " * 30
    settings = [config, config, replace(config, sidecars=("gz",)), replace(config, sidecars=())]
    build_here(world.folder, config, public)
    (server := tmp_path / "server").mkdir()
    open_to_servers(server)
    with SERVERS[host]({"": public}, server) as ports:
        for number, given in enumerate([*settings, config]):
            # Every other time the file is too small for copies.
            form = f"Form {number}. " * (1 if number % 2 else 200)
            world.write("static/files/form.txt", form)
            world.write("content/pages/about.md", f"{text}{long}\n\nNumber {number}.\n")
            # The server goes on with the settings that it was started with.
            assert build_here(world.folder, given, public).problems == []
            for encoding in ("", *TAKES[host]):
                takes = {"Accept_Encoding": encoding} if encoding else {}
                answer = asked(ports[""], "/about/", **takes)
                assert f"Number {number}.".encode() in decoded(answer), (number, encoding)
                answer = asked(ports[""], "/files/form.txt", **takes)
                assert decoded(answer) == form.encode(), (number, encoding)
