"""Tabs: the connections to open tabs, by the protocol of livereload.

A tab says which version of its page it holds when it connects. It is told to load the page again
only when it would get another version, so it misses nothing while it or the server is away.
"""

from __future__ import annotations

from typing import Any, ClassVar
from urllib.parse import urlsplit

from livereload.handlers import LiveReloadHandler
from tornado.escape import json_decode
from tornado.web import HTTPError
from tornado.websocket import WebSocketClosedError

from pivotgen.engines.preview.built_site import ServedPage
from pivotgen.engines.preview.state import PreviewState

# Paths that browser/overlay.js takes for messages: the page changed, or the problems did.
PAGE = "pivotgen:page"
PROBLEMS = "pivotgen:problems"


class TabHandler(LiveReloadHandler):  # type: ignore[misc]
    """The web socket of one open tab."""

    # livereload keeps the tabs of all servers of the process here; PreviewState keeps these.
    waiters: ClassVar[set[Any]] = set()

    def initialize(self, state: PreviewState) -> None:
        self.state = state
        # The version that the tab says it holds.
        self.version = ""
        self.path = ""
        # The page that the tab shows, or is about to load.
        self.page: ServedPage | None = None

    def prepare(self) -> None:
        if not self.state.host.accepts(self.request.host):
            raise HTTPError(403)

    def check_origin(self, origin: str) -> bool:
        """Whether the socket was opened by a page of this server; livereload accepts all pages."""
        return self.state.host.accepts_origin(origin, str(self.request.host))

    def on_message(self, message: str | bytes) -> None:
        try:
            received = json_decode(message)
            command = received["command"]
        except (ValueError, TypeError, KeyError):
            self.close()
            return
        if command == "hello":
            self.version = str(received.get("snipver", ""))
            super().on_message(message)
        elif command == "info":
            self.path = urlsplit(str(received.get("url", ""))).path or "/"
            self.state.tabs.add(self)
            self.page = self.state.site.page(self.path)
            # It may have been away, or may have loaded its page during a build.
            self.notify(PROBLEMS if self.version == self.page.version else PAGE)

    def on_close(self) -> None:
        self.state.tabs.discard(self)

    def update(self) -> None:
        """Replace what the tab shows, if it would get another page now."""
        before, now = self.page, self.state.site.page(self.path)
        self.page = now
        if before is None or (before.body, before.status) != (now.body, now.status):
            self.notify(PAGE)
            return
        for address in sorted(now.stylesheets - before.stylesheets):
            # livereload.js knows the stylesheet by its name without the digest.
            self.notify(f"{address.rsplit('.', 2)[0]}.css")

    def notify(self, path: str) -> None:
        """Tell livereload.js that what is at the path changed."""
        try:
            future = self.write_message({"command": "reload", "path": path, "liveCSS": True})
        except WebSocketClosedError:
            # `on_close` follows, and removes the tab.
            return
        future.add_done_callback(_ignore_error)


def _ignore_error(future: Any) -> None:
    """A tab may close while a message is on its way; an error that is never read is logged."""
    future.exception()
