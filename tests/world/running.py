"""A preview that runs beside a test, and what its tabs and its terminal are told."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import socket
import threading
from collections.abc import Callable

from tornado.websocket import websocket_connect

from tests.world.site import ROOT, World
from tests.world.warm import Program, Run

# Seconds that a machine may take, however busy it is; only a failure waits so long.
PATIENCE = 20


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Preview:
    """A preview that is running; its first build has printed `ends`."""

    def __init__(self, world: World, ends: str = r"(written) in") -> None:
        words = ["--site", str(world.folder), "serve", "--port", str(free_port())]
        # The terminal of whoever starts it, which shows all that it prints.
        ours, theirs = os.pipe()
        with open(os.devnull, "rb") as nothing:
            self.process = Program(
                Run(words=words, cwd=str(ROOT)), [nothing.fileno(), theirs, theirs]
            )
        os.close(theirs)
        self._output = os.fdopen(ours, encoding="utf-8")
        self.address = self.line(r"Preview at http://([\w.:]+)")
        self.line(ends)

    def line(self, pattern: str) -> str:
        """Wait for a line like this, and give its first group."""
        # Reading has no time limit of its own; it ends with the process.
        limit = threading.Timer(PATIENCE, self.process.kill)
        limit.start()
        try:
            for line in self._output:
                if match := re.search(pattern, line):
                    return match[1]
        finally:
            limit.cancel()
        raise AssertionError(f"there was no line like {pattern}")

    def heard(self, path: str, change: Callable[[], None]) -> str:
        """What a tab at this address is told of a change of the sources."""

        async def listen() -> str:
            tab = await websocket_connect(f"ws://{self.address}/livereload")

            async def reload() -> str:
                while (message := await tab.read_message()) is not None:
                    command = json.loads(message)
                    if command["command"] == "reload":
                        return str(command["path"])
                raise AssertionError("the preview closed the socket")

            hello = {
                "command": "hello",
                "protocols": ["http://livereload.com/protocols/official-7"],
            }
            await tab.write_message(json.dumps(hello))
            url = f"http://{self.address}{path}"
            await tab.write_message(json.dumps({"command": "info", "url": url}))
            await asyncio.wait_for(reload(), PATIENCE)
            change()
            reloaded = await asyncio.wait_for(reload(), PATIENCE)
            tab.close()
            return reloaded

        return asyncio.run(listen())

    def end(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self._output.read()
        self._output.close()
        self.process.wait(PATIENCE)
