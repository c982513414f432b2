"""HTTP: what an address on another site answers. No other file sends requests to the network."""

from __future__ import annotations

import http.client
import ssl
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from urllib.parse import quote, urljoin, urlsplit

from pivotgen.model.answer import Answer

# Redirects included. Browsers follow up to twenty, but a link should not need more than a few.
_MAX_REQUESTS = 6
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})
# Statuses that ask us to wait. A second request at once would be the opposite.
_BUSY = frozenset({429, 503})


@dataclass(frozen=True, slots=True)
class HttpClient:
    """Sends requests, one at a time, and never reads the body of a response."""

    # The value of User-Agent: who asks.
    agent: str
    # Seconds that one request may take.
    timeout: float
    # Called with the host before every request, redirects included; it may wait.
    before_request: Callable[[str], None]

    def fetch(self, address: str) -> Answer:
        """The answer of an address, redirects followed. A failure has status 0; none is raised."""
        moved, is_permanent = "", True
        for _ in range(_MAX_REQUESTS):
            try:
                status, headers = self._head_or_get(address)
            except urllib.error.URLError as error:
                return Answer(0, _reason(error.reason))
            except (OSError, http.client.HTTPException, ValueError) as error:
                return Answer(0, _reason(error))
            target = headers.get("Location")
            if status not in _REDIRECTS or not target:
                wait = _seconds(headers.get("Retry-After")) if status in _BUSY else None
                return Answer(status, "", moved if status < 400 else "", wait)
            address = urljoin(address, target)
            if urlsplit(address).scheme not in ("http", "https"):
                return Answer(0, "it leads to an address that is not a web page")
            is_permanent = is_permanent and status in _PERMANENT
            # Behind the first temporary redirect, an address may be another one tomorrow.
            moved = address if is_permanent else moved
        return Answer(0, "it leads from one address to the next without end")

    def _head_or_get(self, address: str) -> tuple[int, Message]:
        """Status and headers for HEAD, or for GET if HEAD fails: some servers know only GET."""
        status, headers = self._request(address, "HEAD")
        if status >= 400 and status not in _BUSY:
            return self._request(address, "GET")
        return status, headers

    def _request(self, address: str, method: str) -> tuple[int, Message]:
        parts = urlsplit(address)
        host = parts.netloc
        if not host.isascii():
            host = host.encode("idna").decode()
        url = parts._replace(netloc=host, fragment="").geturl()
        # "%" is safe, because parts of the address may be encoded already.
        request = urllib.request.Request(quote(url, safe="%/:=&?~+!$,;'@()*[]"), method=method)
        request.add_header("User-Agent", self.agent)
        request.add_header("Accept", "text/html,*/*;q=0.8")
        self.before_request(host)
        try:
            # Leaving the block closes the connection, before the body is read.
            with _OPENER.open(request, timeout=self.timeout) as response:
                return int(response.status), response.headers
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.headers


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """Follows no redirect, because urllib does not say which of them were permanent."""

    def redirect_request(self, *args: object, **kwargs: object) -> None:
        return None


_OPENER = urllib.request.build_opener(_NoRedirects)


def _seconds(retry_after: str | None) -> float | None:
    """The value of Retry-After in seconds from now; the header has a number of them, or a date."""
    if retry_after is None:
        return None
    if retry_after.strip().isdigit():
        return float(retry_after)
    try:
        date = parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    if date.tzinfo is None:
        date = date.replace(tzinfo=UTC)
    return max(0.0, (date - datetime.now(UTC)).total_seconds())


def _reason(error: object) -> str:
    """Why a request failed, in plain words."""
    if isinstance(error, TimeoutError):
        return "it did not answer in time"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not valid ({error.verify_message})"
    if isinstance(error, ConnectionRefusedError):
        return "nothing answers there"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error) or type(error).__name__
