"""The preview takes little from those who send much, and does not wait for those who are slow."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tornado.websocket import websocket_connect

from pivotgen.engines.preview import server as preview_server
from pivotgen.engines.preview.built_site import BuiltSite
from pivotgen.engines.preview.host import Host
from pivotgen.engines.preview.server import PreviewServer

HEAD = b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\n"


def serve(folder: Path, ask: Callable[[int], None]) -> None:
    """Call `ask` with the port, in a thread, while a server answers."""

    async def run() -> None:
        server = PreviewServer(Host("127.0.0.1"), BuiltSite(folder))
        server.listen(0)
        await asyncio.to_thread(ask, server.port)
        await server.close()

    asyncio.run(run())


def answer_of(port: int, *parts: bytes) -> bytes:
    """What the server says until it closes the connection; it may close it while we send."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        with contextlib.suppress(ConnectionError):
            for part in parts:
                connection.sendall(part)
        answer = b""
        with contextlib.suppress(ConnectionError):
            while part := connection.recv(65_536):
                answer += part
        return answer


@pytest.mark.parametrize(
    "parts",
    [
        [HEAD + b"Content-Length: 94371840\r\n\r\n", b"x" * 1_000_000],
        [HEAD + b"Content-Length: 65537\r\n\r\n" + b"x" * 65_537],
        [HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"ffff\r\n" + b"x" * 0xFFFF + b"\r\n"] * 3,
        [b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n" + b"A: b\r\n" * 20_000 + b"\r\n"],
    ],
    ids=["a body of 90 MB", "a body a little too long", "chunks without end", "a long head"],
)
def test_a_request_that_is_too_large_is_refused_before_it_is_there(
    tmp_path: Path, parts: list[bytes]
) -> None:
    def ask(port: int) -> None:
        started = time.monotonic()
        answer = answer_of(port, *parts)
        assert answer.partition(b"\r\n")[0] in (b"", b"HTTP/1.1 400 Bad Request")
        # It did not wait for the rest.
        assert time.monotonic() - started < 15

    serve(tmp_path, ask)


@pytest.mark.parametrize(
    "start", [b"GET / HT", HEAD + b"Content-Length: 9\r\n\r\nx"], ids=["head", "body"]
)
def test_a_slow_request_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, start: bytes
) -> None:
    monkeypatch.setattr(preview_server, "_HEAD_WITHIN", 0.4)
    monkeypatch.setattr(preview_server, "_BODY_WITHIN", 0.4)

    def ask(port: int) -> None:
        with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
            connection.sendall(start)
            for _ in range(100):
                time.sleep(0.1)
                # Every byte would begin the wait anew if only silence counted.
                try:
                    connection.sendall(b"x")
                except ConnectionError:
                    return
        raise AssertionError("the server still waits")

    serve(tmp_path, ask)


def test_a_tab_cannot_send_a_long_message(tmp_path: Path) -> None:
    async def run() -> None:
        server = PreviewServer(Host("127.0.0.1"), BuiltSite(tmp_path))
        server.listen(0)
        tab = await websocket_connect(f"ws://127.0.0.1:{server.port}/livereload")
        await tab.write_message("x" * 70_000)
        assert await asyncio.wait_for(tab.read_message(), 15) is None
        assert tab.close_code == 1009
        await server.close()

    asyncio.run(run())
