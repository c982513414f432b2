"""Files: the answers to requests for files of the site, and for those of the preview itself."""

from __future__ import annotations

import re
from asyncio import to_thread
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

from livereload.handlers import LiveReloadJSHandler
from tornado.httputil import split_host_and_port
from tornado.web import HTTPError, RequestHandler

from pivotgen.engines.preview.built_site import BuiltSite, read_file, refusal
from pivotgen.engines.preview.state import PreviewState
from pivotgen.model.content_policy import OWN, Need, widened
from pivotgen.model.delivery import MEDIA_TYPES, POLICY

_BROWSER_FILES = Path(__file__).resolve().parent / "browser"
# What the scripts of the preview load: themselves, their style sheet, and a page that changed.
_OF_PREVIEW = tuple(Need(name, OWN) for name in ("script-src", "style-src", "connect-src"))
_END_OF_HEAD = re.compile(rb"</head\s*>|\Z", re.IGNORECASE)
_END_OF_MAIN = re.compile(rb"</main\s*>|</body\s*>|\Z", re.IGNORECASE)


class _PreviewHandler(RequestHandler):
    """Answers only requests that name this server, and forbids browsers to cache the answers."""

    def initialize(self, state: PreviewState) -> None:
        self.state = state
        self.set_default_headers()

    def prepare(self) -> None:
        if not self.state.host.accepts(self.request.host):
            self.set_status(403)
            self.set_header("Content-Type", MEDIA_TYPES[".html"])
            self.finish(refusal(split_host_and_port(self.request.host)[0]))

    def set_default_headers(self) -> None:
        # The headers of the site's host, except that a save must show at once.
        # Tornado asks for them once before it says what the state is.
        if state := getattr(self, "state", None):
            for name, value in self._headers_of_host(state.site).items():
                self.set_header(name, value)
        self.set_header("Cache-Control", "no-store")
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")
        self.clear_header("Server")

    def _headers_of_host(self, site: BuiltSite) -> dict[str, str]:
        headers = site.headers(self.request.path)
        host = self.request.host
        # A page is told of saves by a connection to the host that it came from.
        live = [Need("connect-src", f"{scheme}://{host}") for scheme in ("ws", "wss")]
        needs = [*_OF_PREVIEW, *(live if self.state.host.accepts(host) else [])]
        headers[POLICY] = widened(headers[POLICY], needs)
        return headers

    def compute_etag(self) -> None:
        return None

    def write_error(self, status_code: int, **_: Any) -> None:
        self.set_header("Content-Type", MEDIA_TYPES[".txt"])
        self.finish(f"{status_code} {self._reason}\n")


class OverlayHandler(_PreviewHandler):
    """The overlay's script, its stylesheet, and the problems that it shows."""

    def get(self, name: str) -> None:
        is_problems = name == "problems.json"
        self.set_header("Content-Type", self.state.site.delivery.media_type(name))
        self.write(self.state.problems if is_problems else (_BROWSER_FILES / name).read_bytes())


class LiveReloadScriptHandler(_PreviewHandler, LiveReloadJSHandler):  # type: ignore[misc]
    """livereload.js."""


class SiteHandler(_PreviewHandler):
    """The pages and all other files of the site."""

    async def get(self) -> None:
        site, path = self.state.site, self.request.path
        if target := site.redirect(path):
            # Not permanent: browsers would remember it for another site at the same port.
            self.redirect(target, status=302)
            return
        file = site.file(path)
        if file is not None and file.suffix != ".html":
            if (data := read_file(file)) is None:
                raise HTTPError(404)
            self._send(200, site.delivery.media_type(file.name), data)
        elif file is None and not path.endswith("/") and Path(path).suffix not in ("", ".html"):
            reason = "" if site.contains(path) else f": every address starts with {site.home}"
            self._send(404, MEDIA_TYPES[".txt"], f"404 Not Found{reason}\n".encode())
        else:
            await self._send_page(path)

    head = get

    async def _send_page(self, path: str) -> None:
        page = self.state.site.page(path)
        html = page.body
        if page.status == 404:
            # A large site has too many addresses to compare while other tabs wait.
            suggestions = _suggestions(await to_thread(self.state.site.near, path))
            html = _insert(suggestions, _END_OF_MAIN, html)
        html = _insert(_script(page.version), _END_OF_HEAD, html)
        self._send(page.status, MEDIA_TYPES[".html"], html)

    def _send(self, status: int, content_type: str, data: bytes) -> None:
        self.set_status(status)
        self.set_header("Content-Type", content_type)
        self.set_header("Content-Length", str(len(data)))
        if self.request.method != "HEAD":
            self.write(data)


def _script(version: str) -> bytes:
    """The preview's script for a page. It says which version of the page this is, and loads
    livereload.js."""
    tag = f'<script src="/_pivotgen/overlay.js" data-version="{version}" defer></script>'
    return tag.encode()


def _suggestions(addresses: list[str]) -> bytes:
    if not addresses:
        return b""
    items = (f'<li><a href="{escape(quote(url))}">{escape(url)}</a></li>' for url in addresses)
    return f"<p>The preview has these addresses like it:</p><ul>{''.join(items)}</ul>".encode()


def _insert(addition: bytes, before: re.Pattern[bytes], html: bytes) -> bytes:
    """The HTML with an addition in front of the first match, which may be the end of the text."""
    return before.sub(lambda match: addition + match[0], html, count=1)
