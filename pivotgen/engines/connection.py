"""Connection: a request to another site that reaches no private network and ends in time."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache, partial
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any

# Addresses in which translators of networks put those of the older kind.
_TRANSLATED = ip_network("64:ff9b::/96")


class PrivateAddressError(OSError):
    """A host has no address that everybody on the internet can reach."""


class Guard:
    """What all connections of one request keep to."""

    def __init__(self, *, private: bool) -> None:
        """With `private`, hosts on this machine and in private networks are asked too."""
        self._private = private
        # A second handle of the connection, because the first one belongs to TLS at last.
        self._handle: socket.socket | None = None
        # Whether the time was over before the answer was there.
        self.is_late = False

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Cut the connection when the time is over, however much has come until then."""
        timer = threading.Timer(seconds, self._cut)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()
            if self._handle:
                self._handle.close()

    def connect(self, address: tuple[str, int], timeout: float, *others: object) -> socket.socket:
        """Connect to a host by an address that was looked at, so that no other can take its place.

        PrivateAddressError when it has none that may be asked; OSError.
        """
        host, port = address
        infos = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        allowed = [info for info in infos if self._private or _is_public(str(info[4][0]))]
        if not allowed:
            raise PrivateAddressError
        fault: OSError = TimeoutError()
        for family, kind, protocol, _, where in allowed:
            if self.is_late:
                break
            connection = socket.socket(family, kind, protocol)
            connection.settimeout(timeout)
            try:
                connection.connect(where)
            except OSError as error:
                connection.close()
                fault = error
                continue
            self._handle = connection.dup()
            return connection
        raise fault

    def _cut(self) -> None:
        self.is_late = True
        if self._handle:
            # Closing it would not wake up the thread that waits for an answer.
            with suppress(OSError):
                self._handle.shutdown(socket.SHUT_RDWR)


def opener(guard: Guard) -> urllib.request.OpenerDirector:
    """What opens addresses as the guard says, and follows no redirect."""
    return urllib.request.build_opener(_NoRedirects, _Http(guard), _Https(guard))


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """Follows no redirect, because urllib does not say which of them were permanent."""

    def redirect_request(self, *args: object, **kwargs: object) -> None:
        return None


class _Http(urllib.request.HTTPHandler):
    def __init__(self, guard: Guard) -> None:
        super().__init__()
        self._guard = guard

    def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(partial(_connection, self._guard, http.client.HTTPConnection), req)


class _Https(urllib.request.HTTPSHandler):
    def __init__(self, guard: Guard) -> None:
        super().__init__(context=_context())
        self._guard = guard

    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        kind = partial(http.client.HTTPSConnection, context=_context())
        return self.do_open(partial(_connection, self._guard, kind), req)


@cache
def _context() -> ssl.SSLContext:
    """Whom this machine trusts; reading that takes longer than most requests."""
    return ssl.create_default_context()


def _connection(
    guard: Guard, kind: Callable[..., http.client.HTTPConnection], host: str, **options: Any
) -> http.client.HTTPConnection:
    connection = kind(host, **options)
    # The one place where http.client opens a socket; a proxy is named by whoever runs this.
    proxies = {url.rpartition("@")[2].rpartition("/")[2] for url in _proxies()}
    if host.rpartition("@")[2] not in proxies:
        connection._create_connection = guard.connect  # type: ignore[attr-defined]
    return connection


def _proxies() -> list[str]:
    return [url.rstrip("/") for url in urllib.request.getproxies().values()]


def _is_public(text: str) -> bool:
    """Whether everybody on the internet can reach an address."""
    address = ip_address(text.partition("%")[0])
    if isinstance(address, IPv6Address) and (inner := _inner(address)):
        address = inner
    return address.is_global and not address.is_multicast


def _inner(address: IPv6Address) -> IPv4Address | None:
    """The address of the older kind that stands in one of the newer kind."""
    if address in _TRANSLATED:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
