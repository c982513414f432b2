"""The preview with files that are elsewhere, and with browsers that see it by another address."""

from __future__ import annotations

import asyncio
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from tests.world.browsing import expect
from tests.world.preview import Preview, free_port
from tests.world.site import PIVOT, World
from tests.world.until import until
from tests.world.waiting import PATIENCE, wait_until

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

CONNECTED = "window.LiveReload?.connector?.protocol === 7"
ADDRESS = "/pivots/chef-to-nurse/"


def save(path: os.PathLike[str] | str, text: str) -> None:
    """As many editors save: aside, and renamed over the old file."""
    with open(f"{path}.tmp", "w") as file:
        file.write(text.format(a="Chef", b="Nurse"))
    os.replace(f"{path}.tmp", path)


def shows(preview: Preview, text: str) -> bool:
    return text in preview.ask(ADDRESS)[1]


@pytest.mark.parametrize("words", [(), ("--poll",)])
def test_linked_files_and_folders_are_followed(world: World, words: tuple[str, ...]) -> None:
    content, vault = world.folder / "content" / "pivots", world.folder / "vault"
    world.pivot("Chef", "Nurse")
    world.pivot("Baker", "Nurse")
    (vault / "more").mkdir(parents=True)
    (world.folder / "static").mkdir()
    (content / "chef-to-nurse.md").rename(vault / "note.md")
    (content / "chef-to-nurse.md").symlink_to(vault / "note.md")
    preview = Preview(world.folder, *words)
    save(vault / "note.md", PIVOT.replace("Some text", "Saved once"))
    wait_until(lambda: shows(preview, "Saved once"), "a linked file was not followed")
    save(vault / "note.md", PIVOT.replace("Some text", "Saved twice"))
    wait_until(lambda: shows(preview, "Saved twice"), "only its first save was followed")
    # A folder that is linked while the preview runs.
    (content / "chef-to-nurse.md").unlink()
    wait_until(lambda: preview.ask(ADDRESS)[0] == 404, "a link that went was not noticed")
    (world.folder / "static" / "more").symlink_to(vault / "more")
    save(vault / "more" / "ward.txt", "Once")
    wait_until(lambda: preview.ask("/more/ward.txt")[1] == "Once", "a new folder was not followed")
    # A watch that has just begun looks once more after a second, which would hide a missed save.
    time.sleep(1.5)
    save(vault / "more" / "ward.txt", "Twice")
    wait_until(
        lambda: preview.ask("/more/ward.txt")[1] == "Twice", "only its first save was followed"
    )
    preview.end()


@contextmanager
def tunnel(port: int, host: str) -> Iterator[int]:
    """A proxy to the port that says the same Host whatever it was asked as, as tunnels do."""

    async def pass_on(
        reader: asyncio.StreamReader, writer: asyncio.StreamWriter, asked: bytes = b""
    ) -> None:
        while data := await reader.read(65_536):
            writer.write(data.replace(asked, host.encode()) if asked else data)
        writer.close()

    async def connect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        own = b"Host: desk.localhost:%d" % front
        to_us, to_them = await asyncio.open_connection("127.0.0.1", port)
        await asyncio.gather(
            pass_on(reader, to_them, own), pass_on(to_us, writer), return_exceptions=True
        )

    front, ready = free_port(), threading.Event()

    async def run() -> None:
        async with await asyncio.start_server(connect, "127.0.0.1", front):
            ready.set()
            await asyncio.Event().wait()

    # It ends with the tests; the browser has a loop of its own in this thread.
    threading.Thread(target=lambda: asyncio.run(run()), daemon=True).start()
    assert ready.wait(PATIENCE)
    yield front


def test_a_tab_behind_a_tunnel_connects_to_where_its_page_came_from(
    world: World, context: BrowserContext
) -> None:
    path = world.pivot("Chef", "Nurse")
    preview = Preview(world.folder, "--name", "desk.localhost")
    with tunnel(preview.port, f"Host: localhost:{preview.port}") as port:
        page = context.new_page()
        sockets: list[str] = []
        page.on("websocket", lambda socket: sockets.append(socket.url))
        page.goto(f"http://desk.localhost:{port}{ADDRESS}")
        until(page, CONNECTED)
        save(world.folder / path, PIVOT.replace("Some text", "Seen from afar"))
        expect(page.locator("main")).to_contain_text("Seen from afar")
        assert sockets == [f"ws://desk.localhost:{port}/livereload"]
        page.close()
    preview.end()


def test_the_browser_is_opened_where_that_is_wanted(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.pivot("Chef", "Nurse")
    opened = world.folder / "opened"
    world.write("browser", f'#!/bin/sh\necho "$1" > {opened}\n')
    (world.folder / "browser").chmod(0o755)
    monkeypatch.setenv("BROWSER", f"{world.folder / 'browser'} %s")
    preview = Preview(world.folder, "--open")
    wait_until(lambda: opened.is_file() and bool(opened.read_text()), "no browser was opened")
    assert opened.read_text() == f"{preview.address}/\n"
    preview.end()


def test_what_is_no_host_name_is_refused(world: World) -> None:
    world.pivot("Chef", "Nurse")
    result = world.run("serve", "--name", "https://desk.lan/")
    assert result.returncode == 2
    assert "--name: `https://desk.lan/` is not the name of a host" in result.stderr
