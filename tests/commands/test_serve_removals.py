"""The preview: tabs and the terminal hear of a save that only takes something away."""

from __future__ import annotations

import asyncio
import json
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator

import pytest
from tornado.websocket import websocket_connect

from tests.conftest import ROOT, World
from tests.sites import edit, with_keys

# Seconds that a machine may take, however busy it is; only a failure waits so long.
PATIENCE = 20


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Preview:
    """A preview that is running, by what it prints."""

    def __init__(self, world: World) -> None:
        command = [sys.executable, "-m", "pivotgen", "--site", str(world.folder), "serve"]
        self.process = subprocess.Popen(
            [*command, "--port", str(free_port())],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.address = self.line(r"Preview at http://([\w.:]+)")
        self.line(r"(written) in")

    def line(self, pattern: str) -> str:
        """Wait for a line like this, and give its first group."""
        assert self.process.stdout
        # Reading has no time limit of its own; it ends with the process.
        limit = threading.Timer(PATIENCE, self.process.kill)
        limit.start()
        try:
            for line in self.process.stdout:
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
                    said = json.loads(message)
                    if said["command"] == "reload":
                        return str(said["path"])
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
            told = await asyncio.wait_for(reload(), PATIENCE)
            tab.close()
            return told

        return asyncio.run(listen())


@pytest.fixture
def preview(world: World) -> Iterator[Preview]:
    world.pivot("Chef", "Nurse", with_keys("aliases: [/old/]"))
    world.pivot("Pilot", "Nurse")
    world.write("assets/unused.txt", "text")
    preview = Preview(world)
    yield preview
    preview.process.terminate()
    preview.process.communicate(timeout=PATIENCE)


def test_a_tab_at_an_old_address_hears_that_the_address_is_gone(
    world: World, preview: Preview
) -> None:
    path = "content/pivots/chef-to-nurse.md"
    told = preview.heard("/old/", lambda: edit(world, path, "aliases: [/old/]\n", ""))
    assert told == "pivotgen:page"
    assert preview.line(r"nurse\.md: (\d+) written in") == "0"


def test_the_terminal_hears_of_an_asset_that_was_removed(world: World, preview: Preview) -> None:
    (world.folder / "assets" / "unused.txt").unlink()
    assert preview.line(r"unused\.txt: (\d+) written in") == "0"
