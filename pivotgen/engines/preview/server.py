"""Preview: a web server for one reader, who is writing. tornado, and livereload's protocol.

Of livereload only the protocol and its script are used. Its own watcher polls and builds inside
the event loop, its push drops what comes within three seconds of another, and it answers any site.
A tab says which version of its page it holds when it connects; it is told to load anew only
when the page it would get is another one. So nothing is lost while a tab is away, or the server.
"""

from __future__ import annotations

import errno
import re
from asyncio import to_thread
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import quote, unquote, urlsplit

from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler
from tornado.escape import json_decode
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, HTTPError, RequestHandler
from tornado.websocket import WebSocketClosedError

from pivotgen.engines.preview.built_site import Built, Page, read
from pivotgen.engines.preview.host import Host
from pivotgen.model.delivery import DELIVERY

_PARTS = Path(__file__).resolve().parent / "browser"
# How many ports are tried, counted from the one that was asked for.
_PORTS = 20
_HEAD = re.compile(rb"</head\s*>", re.IGNORECASE)
_MAIN = re.compile(rb"</main\s*>|</body\s*>|\Z", re.IGNORECASE)
_TYPES = {
    ".atom": "application/atom+xml",
    ".avif": "image/avif",
    ".css": "text/css; charset=utf-8",
    ".gif": "image/gif",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}


@dataclass(slots=True)
class Preview:
    """What is shown: the site as it was built last, and what is wrong since."""

    built: Built
    host: Host
    problems: bytes = b'{"problems": []}'
    port: int = 0
    # Whether the port that was asked for was somebody else's.
    moved: bool = False
    _server: HTTPServer | None = None
    _tabs: set[_Tab] = field(default_factory=set)

    def listen(self, port: int) -> None:
        """Answer at the port, or at the next one that is free; OSError when there is none."""
        handlers: list[Any] = [
            (r"/livereload", _Tab, {"preview": self}),
            (r"/livereload\.js", _Script, {"preview": self}),
            (r"/_pivotgen/(overlay\.js|overlay\.css|problems\.json)", _Part, {"preview": self}),
            (r"/.*", _File, {"preview": self}),
        ]
        # Requests of the writer's own browser are no news.
        app = Application(handlers, log_function=lambda handler: None)
        for number in range(port, min(port + _PORTS, 65_536)):
            try:
                sockets = bind_sockets(number, self.host.name or None)
            except OSError as error:
                if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                    raise
                continue
            self._server = HTTPServer(app)
            self._server.add_sockets(sockets)
            self.port, self.moved = sockets[0].getsockname()[1], number != port
            return
        raise OSError(errno.EADDRINUSE, f"no port from {port} on is free")

    def show(self, problems: bytes) -> None:
        """After a build: exchange what changed in every tab, show or take away the problems."""
        self.problems = problems
        for tab in list(self._tabs):
            tab.catch_up()
            tab.say("pivotgen:problems")

    async def close(self) -> None:
        """Let go of the port and of every tab."""
        if self._server:
            self._server.stop()
            for tab in list(self._tabs):
                tab.close()
            await self._server.close_all_connections()

    def enter(self, tab: _Tab) -> None:
        """A tab is open."""
        self._tabs.add(tab)

    def leave(self, tab: _Tab) -> None:
        """A tab is gone."""
        self._tabs.discard(tab)


class _Guarded(RequestHandler):
    """Answers only who asked for this server by name, and lets nothing be kept."""

    def initialize(self, preview: Preview) -> None:
        self.preview = preview

    def prepare(self) -> None:
        if not self.preview.host.knows(self.request.host):
            raise HTTPError(403)

    def set_default_headers(self) -> None:
        # As the site's host will, but for its patience: a save must show.
        for name, value in DELIVERY["/*"].items():
            self.set_header(name, value)
        self.set_header("Cache-Control", "no-store")
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")
        self.clear_header("Server")

    def compute_etag(self) -> None:
        return None

    def write_error(self, status_code: int, **_: Any) -> None:
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(f"{status_code} {self._reason}\n")


class _Part(_Guarded):
    """The browser's side of the preview."""

    def get(self, name: str) -> None:
        self.set_header("Content-Type", _TYPES[Path(name).suffix])
        here = name == "problems.json"
        self.write(self.preview.problems if here else (_PARTS / name).read_bytes())


class _Script(_Guarded, LiveReloadJSHandler):  # type: ignore[misc]
    """livereload.js."""


class _File(_Guarded):
    """Pages and all other files of the site."""

    async def get(self) -> None:
        path = self.request.path
        file = self.preview.built.file(path)
        if file is None and not path.endswith("/") and self.preview.built.file(f"{path}/"):
            # Not for ever: browsers would remember it for whatever site is here tomorrow.
            self.redirect(quote(unquote(path)) + "/", status=302)
            return
        if file is not None and file.suffix != ".html":
            if (data := read(file)) is None:
                raise HTTPError(404)
            self._send(200, _TYPES.get(file.suffix, "application/octet-stream"), data)
        elif file is None and not path.endswith("/") and Path(path).suffix not in ("", ".html"):
            self._send(404, _TYPES[".txt"], b"404 Not Found\n")
        else:
            page = self.preview.built.page(path)
            data = page.data
            if page.status == 404:
                near = await to_thread(self.preview.built.near, path)
                data = _MAIN.sub(lambda end: _suggested(near) + end[0], data, count=1)
            self._send(page.status, _TYPES[".html"], self._with_script(data, page.version))

    head = get

    def _with_script(self, data: bytes, version: str) -> bytes:
        host, _, port = self.request.host.rpartition(":")
        if not port.isdigit():
            host, port = self.request.host, "80"
        query = f"snipver={version}&host={host}&port={port}&mindelay=250&maxdelay=2000"
        tags = (
            '<script src="/_pivotgen/overlay.js" defer></script>'
            f'<script src="/livereload.js?{escape(query)}" defer></script>'
        ).encode()
        found = _HEAD.search(data)
        at = found.start() if found else len(data)
        return data[:at] + tags + data[at:]

    def _send(self, status: int, kind: str, data: bytes) -> None:
        self.set_status(status)
        self.set_header("Content-Type", kind)
        self.set_header("Content-Length", str(len(data)))
        if self.request.method != "HEAD":
            self.write(data)


class _Tab(LiveReloadHandler):  # type: ignore[misc]
    """The socket of an open tab."""

    # livereload keeps its tabs here, for all servers of a process; these are kept by the preview.
    waiters: ClassVar[set[Any]] = set()

    def initialize(self, preview: Preview) -> None:
        self.preview = preview
        self.version = ""
        self.path = ""
        self.held: Page | None = None

    def prepare(self) -> None:
        if not self.preview.host.knows(self.request.host):
            raise HTTPError(403)

    def check_origin(self, origin: str) -> bool:
        """Only pages of this very server; LiveReloadHandler lets in everybody."""
        return urlsplit(origin).netloc.lower() == str(self.request.host).lower()

    def on_message(self, message: str | bytes) -> None:
        try:
            said = json_decode(message)
            command = said["command"]
        except (ValueError, TypeError, KeyError):
            self.close()
            return
        if command == "hello":
            self.version = str(said.get("snipver", ""))
            super().on_message(message)
        elif command == "info":
            self.path = urlsplit(str(said.get("url", ""))).path or "/"
            self.preview.enter(self)
            self.held = self.preview.built.page(self.path)
            # It may have been away, or loaded while a build was at work.
            if self.version != self.held.version:
                self.say("pivotgen:page")
            else:
                self.say("pivotgen:problems")

    def on_close(self) -> None:
        self.preview.leave(self)

    def catch_up(self) -> None:
        """Exchange what this tab shows for what it would get now."""
        before, now = self.held, self.preview.built.page(self.path)
        self.held = now
        if before is None or before.text != now.text or before.status != now.status:
            self.say("pivotgen:page")
            return
        for style in sorted(now.styles - before.styles):
            self.say(f"{style.rsplit('.', 2)[0]}.css")

    def say(self, path: str) -> None:
        """Tell livereload.js that what is at this path changed."""
        # A tab that is going tells so itself.
        try:
            future = self.write_message({"command": "reload", "path": path, "liveCSS": True})
        except WebSocketClosedError:
            return
        future.add_done_callback(_heard)


def _heard(future: Any) -> None:
    """A tab that closed while it was told something is no fault."""
    future.exception()


def _suggested(near: list[str]) -> bytes:
    links = "".join(f'<li><a href="{escape(quote(url))}">{escape(url)}</a></li>' for url in near)
    return (
        f"<p>The preview has these addresses like it:</p><ul>{links}</ul>".encode() if near else b""
    )
