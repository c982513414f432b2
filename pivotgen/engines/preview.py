"""Preview: a web server for one reader, who is writing. tornado, and livereload's protocol.

Of livereload only the protocol and its script are used. Its own watcher polls and builds inside
the event loop, its push drops what comes within three seconds of another, and it answers any site.
A tab says which version of its page it holds when it connects; it is told to load anew only
when the page it would get is another one. So nothing is lost while a tab is away, or the server.
"""

from __future__ import annotations

import errno
import hashlib
import re
import socket
from asyncio import to_thread
from dataclasses import dataclass, field
from difflib import get_close_matches
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

from pivotgen.model.delivery import DELIVERY

_PARTS = Path(__file__).resolve().parent.parent / "preview"
# How many ports are tried, counted from the one that was asked for.
_PORTS = 20
_EVERYWHERE = ("0.0.0.0", "::", "")
_OWN = ("127.0.0.1", "localhost", "[::1]")
# A stylesheet is known to tabs without the digest in its name, or it could not be exchanged
# while a page stands.
_STYLE = re.compile(rb"(/assets/[^\"'\s<>]+)\.([0-9a-f]{10})\.css\b")
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
_WAITING = b"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Preview</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>:root{color-scheme:light dark}body{font:1rem/1.6 system-ui,sans-serif;margin:3rem}</style>
</head><body><main><h1>Nothing to show yet</h1>
<p>The site has not been built so far. This page changes by itself when it is.</p>
</main></body></html>
"""


@dataclass(frozen=True, slots=True)
class _Page:
    """A page as a tab gets it, script aside: its status, its bytes, and what stands for them."""

    status: int
    data: bytes
    # Digest of the bytes, and the names of its stylesheets with their digests.
    text: str
    styles: frozenset[str]

    @property
    def version(self) -> str:
        """A word for both; never one that a script would take for a number."""
        return f"v{self.text}-{_digest(' '.join(sorted(self.styles)).encode())}"


@dataclass(slots=True)
class Preview:
    """What is shown: the folder of the site as it was built last, and what is wrong since."""

    root: Path
    host: str
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
                sockets = bind_sockets(number, self.host or None)
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

    def address(self) -> str:
        """Where this machine finds it."""
        host = "127.0.0.1" if self.host in _EVERYWHERE else self.host
        return f"http://{_bracketed(host)}:{self.port}/"

    def network_address(self) -> str | None:
        """Where other machines find it, if they may."""
        if self.host in _EVERYWHERE:
            found = _outward()
            return f"http://{_bracketed(found)}:{self.port}/" if found else None
        return None if _bracketed(self.host) in _OWN else self.address()

    def knows(self, host: str) -> bool:
        """Whether a Host header names this server. Another site whose name was made to point here
        would otherwise be let in by the browser."""
        name = re.sub(r":\d+$", "", host).lower()
        known = {*_OWN, _bracketed(self.host).lower()}
        if self.host in _EVERYWHERE:
            own = socket.gethostname().lower()
            known |= {own, f"{own}.local", _bracketed(_outward() or "localhost")}
        return name in known

    def file(self, path: str) -> Path | None:
        """The file of the site behind a path of an address, or None; never one outside of it."""
        try:
            parts = unquote(path, errors="strict").split("/")[1:]
        except UnicodeDecodeError:
            return None
        if any(_forbidden(part) for part in parts[:-1]) or _hidden(parts[-1]):
            return None
        root = self.root.resolve()
        file = root.joinpath(*parts[:-1], parts[-1] or "index.html")
        try:
            real = file.resolve()
            if real.is_file():
                inside = real.is_relative_to(root)
                return real if inside and not _hidden(*real.relative_to(root).parts) else None
        except (OSError, ValueError, RuntimeError):
            return None
        return self._newest(file) if file.suffix == ".css" and file.parent.is_dir() else None

    def page(self, path: str) -> _Page:
        """The page at a path, the one for a missing page, or the one for a site without any."""
        if (file := self.file(path)) and (data := _read(file)) is not None:
            return _made(200, data)
        if (file := self.file("/404.html")) and (data := _read(file)) is not None:
            return _made(404, data)
        return _made(503, _WAITING)

    def near(self, path: str) -> list[str]:
        """The addresses of the site that are most like the path."""
        pages = self.root.rglob("index.html")
        known = [f"/{page.parent.relative_to(self.root).as_posix()}/" for page in pages]
        return get_close_matches(unquote(path).rstrip("/") + "/", known, 3, 0.5)

    def enter(self, tab: _Tab) -> None:
        """A tab is open."""
        self._tabs.add(tab)

    def leave(self, tab: _Tab) -> None:
        """A tab is gone."""
        self._tabs.discard(tab)

    def _newest(self, plain: Path) -> Path | None:
        """The stylesheet of this name, whatever the digest in its own is."""
        named = re.compile(rf"{re.escape(plain.stem)}\.[0-9a-f]{{10}}\.css")
        found = [file for file in plain.parent.iterdir() if named.fullmatch(file.name)]
        inside = [one for one in found if one.resolve().is_relative_to(self.root.resolve())]
        return max(inside, key=lambda one: one.stat().st_mtime_ns, default=None)


class _Guarded(RequestHandler):
    """Answers only who asked for this server by name, and lets nothing be kept."""

    def initialize(self, preview: Preview) -> None:
        self.preview = preview

    def prepare(self) -> None:
        if not self.preview.knows(self.request.host):
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
        file = self.preview.file(path)
        if file is None and not path.endswith("/") and self.preview.file(f"{path}/"):
            # Not for ever: browsers would remember it for whatever site is here tomorrow.
            self.redirect(quote(unquote(path)) + "/", status=302)
            return
        if file is not None and file.suffix != ".html":
            if (data := _read(file)) is None:
                raise HTTPError(404)
            self._send(200, _TYPES.get(file.suffix, "application/octet-stream"), data)
        elif file is None and not path.endswith("/") and Path(path).suffix not in ("", ".html"):
            self._send(404, _TYPES[".txt"], b"404 Not Found\n")
        else:
            page = self.preview.page(path)
            data = page.data
            if page.status == 404:
                near = await to_thread(self.preview.near, path)
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
        self.held: _Page | None = None

    def prepare(self) -> None:
        if not self.preview.knows(self.request.host):
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
            self.held = self.preview.page(self.path)
            # It may have been away, or loaded while a build was at work.
            if self.version != self.held.version:
                self.say("pivotgen:page")
            else:
                self.say("pivotgen:problems")

    def on_close(self) -> None:
        self.preview.leave(self)

    def catch_up(self) -> None:
        """Exchange what this tab shows for what it would get now."""
        before, now = self.held, self.preview.page(self.path)
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


def _made(status: int, data: bytes) -> _Page:
    styles = frozenset(found[0].decode() for found in _STYLE.finditer(data))
    plain = _STYLE.sub(rb"\1.css", data)
    return _Page(status, plain, _digest(plain), styles)


def _digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=8).hexdigest()


def _read(file: Path) -> bytes | None:
    """The bytes, or None when a build took the file away at this moment."""
    try:
        return file.read_bytes()
    except OSError:
        return None


def _forbidden(part: str) -> bool:
    return not part or _hidden(part)


def _hidden(*parts: str) -> bool:
    """Names that no site answers to: `..` and other dotfiles, what only another system reads, and
    what the host reads itself."""
    odd = (part.startswith(".") or set(part) & set("\\:\0") for part in parts)
    return any(odd) or "_headers" in parts


def _suggested(near: list[str]) -> bytes:
    links = "".join(f'<li><a href="{escape(quote(url))}">{escape(url)}</a></li>' for url in near)
    return (
        f"<p>The preview has these addresses like it:</p><ul>{links}</ul>".encode() if near else b""
    )


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host and not host.startswith("[") else host


def _outward() -> str | None:
    """The address of this machine in its network. Nothing is sent: it is the one that would be."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return None
        return str(probe.getsockname()[0])
