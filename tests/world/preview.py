"""The preview as a process of its own, and what it answers."""

from __future__ import annotations

import http.client
import os
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.world.site import ROOT
from tests.world.waiting import PATIENCE, wait_until
from tests.world.warm import Program, Run


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def busy_port() -> Iterator[int]:
    """A port that somebody listens on, whose next one is kept free for the preview."""
    while True:
        with socket.socket() as busy, socket.socket() as kept:
            busy.bind(("127.0.0.1", 0))
            busy.listen()
            port = int(busy.getsockname()[1])
            # Nobody is given this port by chance, and whoever asks for it by number may listen.
            kept.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                kept.bind(("127.0.0.1", port + 1))
            except (OSError, OverflowError):
                continue
            yield port
            return


class Preview:
    """A site with its preview running."""

    def __init__(self, folder: Path, *words: str, port: int | None = None) -> None:
        self.folder = folder
        self.port = port or free_port()
        self.log = folder / ".output"
        self.words = words
        self.start()

    def start(self) -> None:
        words = ["--site", str(self.folder), "serve", "--port", str(self.port), *self.words]
        with open(os.devnull, "rb") as nothing, self.log.open("wb") as log:
            streams = [nothing.fileno(), log.fileno(), log.fileno()]
            self.process = Program(Run(words=words, cwd=str(ROOT)), streams)
        wait_until(
            lambda: "written in" in self.output() or "Not built" in self.output(), "it never built"
        )

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def output(self) -> str:
        return self.log.read_text("utf-8")

    def builds(self) -> int:
        return self.output().count("written in") + self.output().count("Not built")

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def end(self, number: int = signal.SIGINT) -> int:
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)

    def ask(self, path: str, method: str = "GET", **headers: str) -> tuple[int, str, str]:
        """Status, body and headers; the path is sent as it is."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.putrequest(method, path, skip_host="Host" in headers)
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        answer = connection.getresponse()
        body = b"" if answer.status == 101 else answer.read()
        connection.close()
        return answer.status, body.decode("utf-8", "replace"), str(answer.headers)
