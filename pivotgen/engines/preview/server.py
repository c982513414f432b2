"""Server: the web server of the preview, made of tornado and livereload's protocol.

Only the protocol and the script of livereload are used. Its watcher polls the disk and builds
inside the event loop, it drops a change that follows another within three seconds, and it answers
requests of any site.
"""

from __future__ import annotations

import errno
from socket import AddressFamily
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application

from pivotgen.engines.preview.built_site import BuiltSite
from pivotgen.engines.preview.files import (
    LiveReloadScriptHandler,
    OverlayHandler,
    SiteHandler,
)
from pivotgen.engines.preview.host import Host
from pivotgen.engines.preview.state import PreviewState
from pivotgen.engines.preview.tabs import PROBLEMS, TabHandler

# How many ports are tried, counted from the requested one.
_PORTS = 20
# Browsers ask for pages and send nothing else, apart from short messages of the tabs; all in bytes.
_MOST_OF_A_BODY = _MOST_OF_A_MESSAGE = 64 * 1024
_MOST_BUFFERED = 1024 * 1024
# Seconds for the head of a request, after which a connection without one is closed too, and for
# its body.
_HEAD_WITHIN, _BODY_WITHIN = 30, 10


class PreviewServer:
    """Serves one built site, and tells the open tabs about its changes.

    Every method must be called in the thread of the event loop.
    """

    def __init__(self, host: Host, site: BuiltSite) -> None:
        self.port = 0
        # Whether the requested port was busy.
        self.port_was_busy = False
        self._state = PreviewState(host, site)
        self._server: HTTPServer | None = None
        self._families: frozenset[AddressFamily] = frozenset()

    @property
    def url(self) -> str:
        """The URL of the home page, for this machine."""
        return self._state.host.url(self.port, self._state.site.home, self._families)

    @property
    def network_url(self) -> str | None:
        """The URL of the home page for other machines; None if they cannot reach the server."""
        return self._state.host.network_url(self.port, self._state.site.home, self._families)

    def listen(self, port: int) -> None:
        """Answer at the port, or at the next free one. OSError if none of them is free."""
        for number in range(port, min(port + _PORTS, 65_536)):
            try:
                sockets = bind_sockets(number, self._state.host.bind_name)
            except OSError as error:
                if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                    raise
                continue
            self._server = HTTPServer(
                _application(self._state),
                max_body_size=_MOST_OF_A_BODY,
                max_buffer_size=_MOST_BUFFERED,
                idle_connection_timeout=_HEAD_WITHIN,
                body_timeout=_BODY_WITHIN,
            )
            self._server.add_sockets(sockets)
            self._families = frozenset(bound.family for bound in sockets)
            self.port, self.port_was_busy = sockets[0].getsockname()[1], number != port
            return
        raise OSError(errno.EADDRINUSE, f"no port from {port} on is free")

    def show(self, site: BuiltSite, problems: bytes) -> None:
        """After a build, update what every tab shows, and show or hide the problems.

        `problems` is the JSON for the overlay.
        """
        self._state.site, self._state.problems = site, problems
        for tab in list(self._state.tabs):
            tab.update()
            tab.notify(PROBLEMS)

    async def close(self) -> None:
        """Free the port, and close the connections to all tabs."""
        if self._server:
            self._server.stop()
            for tab in list(self._state.tabs):
                tab.close()
            await self._server.close_all_connections()


def _application(state: PreviewState) -> Application:
    """What answers at which path. The preview's own paths come first, and are never under the
    base path of the site."""
    arguments = {"state": state}
    handlers: list[Any] = [
        (r"/livereload", TabHandler, arguments),
        (r"/livereload\.js", LiveReloadScriptHandler, arguments),
        (r"/_pivotgen/(overlay\.js|overlay\.css|problems\.json)", OverlayHandler, arguments),
        (r"/.*", SiteHandler, arguments),
    ]
    # The terminal is for problems of the site; a line for every request would hide them.
    return Application(
        handlers,
        log_function=lambda handler: None,
        websocket_max_message_size=_MOST_OF_A_MESSAGE,
    )
