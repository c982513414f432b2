"""`check --external` reaches no private network, and nobody can keep it waiting."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pivotgen.checks._crawl import CrawlPolicy
from pivotgen.checks._external import ExternalCheck, check_external
from pivotgen.engines import connection
from pivotgen.engines.http import HttpClient
from pivotgen.memory.visits import open_visits
from pivotgen.model.answer import PRIVATE, Answer
from tests.world.parsed import site_of
from tests.world.site import PIVOT, World
from tests.world.texts import GOOD_PIVOT, PIVOT_PATH

REDIRECT = b"HTTP/1.1 302 Found\r\nLocation: %b\r\n\r\n"


class Server:
    """A real server that does with every connection what the test says."""

    def __init__(self, serve: Callable[[socket.socket], None]) -> None:
        self.requests = 0
        self._serve = serve
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listening.getsockname()[1])
        threading.Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        while True:
            try:
                accepted, _ = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(accepted,), daemon=True).start()

    def _answer(self, accepted: socket.socket) -> None:
        with accepted, contextlib.suppress(OSError):
            self.requests += 1
            accepted.recv(65_536)
            self._serve(accepted)

    def close(self) -> None:
        self._listening.close()


@pytest.fixture
def serve() -> Iterator[Callable[[Callable[[socket.socket], None]], Server]]:
    servers: list[Server] = []

    def start(answer: Callable[[socket.socket], None]) -> Server:
        servers.append(Server(answer))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


def fine(accepted: socket.socket) -> None:
    accepted.sendall(b"HTTP/1.1 200 OK\r\n\r\n")


def client(seconds: float = 5.0, *, private: bool = False) -> HttpClient:
    return HttpClient("test", seconds, lambda host: None, private)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "0.0.0.0", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1"]
)
def test_this_machine_is_not_asked_by_any_of_its_names(serve: Any, host: str) -> None:
    server = serve(fine)
    assert client().fetch(f"http://{host}:{server.port}/") == Answer(0, PRIVATE)
    assert server.requests == 0


@pytest.mark.parametrize(
    "address",
    [
        *("10.1.2.3", "172.16.0.9", "192.168.1.1", "169.254.169.254", "100.64.0.1", "224.0.0.1"),
        *("::1", "fe80::1", "fd00::1", "ff02::1", "::ffff:10.0.0.1", "64:ff9b::a00:1"),
        *("2002:7f00:1::", "0.0.0.0", "255.255.255.255", "192.0.2.1"),
    ],
)
def test_a_name_that_leads_into_a_private_network_is_not_asked(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    def lookup(host: str, port: int, *_: object, **__: object) -> list[Any]:
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        return [(family, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    assert client().fetch("http://rebinding.example/") == Answer(0, PRIVATE)
    assert client().fetch("https://rebinding.example/") == Answer(0, PRIVATE)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:4700::1111", "64:ff9b::5db8:d822"])
def test_an_address_of_everybody_is_public(address: str) -> None:
    assert connection._is_public(address)


def test_the_address_that_was_looked_at_is_the_one_that_is_asked(
    monkeypatch: pytest.MonkeyPatch, serve: Any
) -> None:
    server = serve(fine)
    lookups: list[str] = []

    def lookup(host: str, port: int, *_: object, **__: object) -> list[Any]:
        # A name of one's own may lead elsewhere the second time.
        lookups.append(host)
        address = "127.0.0.1" if len(lookups) == 1 else "10.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    monkeypatch.setattr(connection, "_is_public", lambda address: address == "127.0.0.1")
    assert client().fetch(f"http://rebinding.example:{server.port}/") == Answer(200)
    assert lookups == ["rebinding.example"]


def test_a_redirect_does_not_lead_into_a_private_network(
    monkeypatch: pytest.MonkeyPatch, serve: Any
) -> None:
    secret = serve(fine)
    public = serve(
        lambda accepted: accepted.sendall(REDIRECT % b"http://127.0.0.2:%d/" % secret.port)
    )
    monkeypatch.setattr(connection, "_is_public", lambda address: address == "127.0.0.1")
    assert client().fetch(f"http://127.0.0.1:{public.port}/") == Answer(0, PRIVATE)
    assert (public.requests, secret.requests) == (1, 0)


@pytest.mark.parametrize("who", ["", "me:word@"])
@pytest.mark.parametrize("end", ["", "/"])
def test_a_proxy_in_a_private_network_is_used_where_the_environment_names_it(
    monkeypatch: pytest.MonkeyPatch, serve: Any, who: str, end: str
) -> None:
    proxy = serve(fine)
    monkeypatch.setenv("http_proxy", f"http://{who}127.0.0.1:{proxy.port}{end}")
    monkeypatch.delenv("no_proxy", raising=False)
    assert client().fetch("http://nobody.example/") == Answer(200)
    assert proxy.requests == 1


def test_what_does_not_go_to_the_proxy_reaches_no_private_network(
    monkeypatch: pytest.MonkeyPatch, serve: Any
) -> None:
    proxy, secret = serve(fine), serve(fine)
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{proxy.port}")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    assert client().fetch(f"http://127.0.0.1:{secret.port}/") == Answer(0, PRIVATE)
    assert (proxy.requests, secret.requests) == (0, 0)


def trickle(accepted: socket.socket) -> None:
    accepted.sendall(b"HTTP/1.1 200 OK\r\n")
    while True:
        accepted.sendall(b"A: b\r\n")
        time.sleep(0.05)


def endless_line(accepted: socket.socket) -> None:
    while True:
        accepted.sendall(b"H")
        time.sleep(0.05)


def always_continue(accepted: socket.socket) -> None:
    while True:
        accepted.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        time.sleep(0.05)


@pytest.mark.parametrize("answer", [trickle, endless_line, always_continue])
def test_an_answer_that_trickles_is_given_up_in_time(serve: Any, answer: Any) -> None:
    server = serve(answer)
    started = time.monotonic()
    result = client(0.5, private=True).fetch(f"http://127.0.0.1:{server.port}/")
    assert result.status == 0
    assert time.monotonic() - started < 3


def test_a_handshake_that_never_ends_is_given_up_in_time(serve: Any) -> None:
    server = serve(endless_line)
    started = time.monotonic()
    result = client(0.5, private=True).fetch(f"https://127.0.0.1:{server.port}/")
    assert result.status == 0
    assert time.monotonic() - started < 3


def test_all_requests_for_one_address_together_have_a_limit(serve: Any) -> None:
    def slowly(accepted: socket.socket) -> None:
        time.sleep(0.4)
        accepted.sendall(REDIRECT % b"/again")

    server = serve(slowly)
    result = client(0.5, private=True).fetch(f"http://127.0.0.1:{server.port}/")
    assert result == Answer(0, "it did not answer in time")
    assert server.requests <= 4


def test_a_body_is_never_read(serve: Any) -> None:
    sent = 0

    def flood(accepted: socket.socket) -> None:
        nonlocal sent
        accepted.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 9999999999\r\n\r\n")
        for _ in range(10_000):
            sent += accepted.send(b"x" * 65_536)

    server = serve(flood)
    assert client(private=True).fetch(f"http://127.0.0.1:{server.port}/").status == 200
    assert sent < 20_000_000


@pytest.mark.parametrize(
    "head",
    [b"Location: http://example.org/" + b"a" * 5_000, b"A: b\r\n" * 500, b"A: " + b"b" * 200_000],
)
def test_a_head_that_is_too_long_is_told(serve: Any, head: bytes) -> None:
    server = serve(
        lambda accepted: accepted.sendall(b"HTTP/1.1 302 Found\r\n" + head + b"\r\n\r\n")
    )
    assert client(private=True).fetch(f"http://127.0.0.1:{server.port}/").status == 0


def messages(tmp_path: Path, address: str, policy: CrawlPolicy) -> list[str]:
    site = site_of({PIVOT_PATH: GOOD_PIVOT.replace("Nobody", f"[Nobody]({address})")})
    with open_visits(tmp_path) as visits:
        check = ExternalCheck("https://example.com", visits, 0.0, lambda line: None, policy)
        return [problem.message for problem in check_external(site, check)]


def test_a_link_to_a_private_address_is_told_and_asked_with_the_option(
    tmp_path: Path, serve: Any
) -> None:
    server = serve(fine)
    address = f"http://127.0.0.1:{server.port}/"
    expected = f"{address} is not asked: it is, or leads to, this machine or a private network"
    assert messages(tmp_path, address, CrawlPolicy()) == [expected]
    assert server.requests == 0
    assert messages(tmp_path, address, CrawlPolicy(private=True)) == []
    assert server.requests == 1


def test_the_command_asks_private_addresses_only_with_its_option(world: World, serve: Any) -> None:
    server = serve(fine)
    link = f"[a b](http://127.0.0.1:{server.port}/)"
    world.pivot("Chef", "Nurse", PIVOT.replace("Some text.", link))
    assert "is not asked" in world.run("check", "--external").stderr
    assert server.requests == 0
    assert "is not asked" not in world.run("check", "--external", "--private").stderr
    assert server.requests == 1
