"""HTTP: what an address on another site answers. No other file sends requests to the network."""

from __future__ import annotations

import http.client
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from urllib.parse import quote, urljoin, urlsplit

from pivotgen.engines.connection import Guard, PrivateAddressError, opener
from pivotgen.model.answer import PRIVATE, Answer
from pivotgen.model.lazy_dataclass import dataclass

# Redirects included. Browsers follow up to twenty, but a link should not need more than a few.
_MAX_REQUESTS = 6
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})
# Statuses that ask us to wait. A second request at once would be the opposite.
_BUSY = frozenset({429, 503})
# How many times the limit of one request all requests for an address may take.
_REQUESTS_OF_TIME = 3
# The letters of a longer address are not meant to be followed.
_LONGEST = 4_000


@dataclass(frozen=True, slots=True)
class HttpClient:
    """Sends requests, one at a time, and never reads the body of a response."""

    # The value of User-Agent: who asks.
    agent: str
    # Seconds that one request may take in all, however slowly an answer comes.
    timeout: float
    # Called with the host before every request, redirects included; it may wait.
    before_request: Callable[[str], None]
    # Whether to ask this machine and private networks too.
    private: bool = False

    def fetch(self, address: str) -> Answer:
        """The answer of an address, redirects followed. A failure has status 0; none is raised."""
        moved, is_permanent = "", True
        left = self.timeout * _REQUESTS_OF_TIME
        for _ in range(_MAX_REQUESTS):
            try:
                status, headers, seconds = self._head_or_get(address, left)
            except urllib.error.URLError as error:
                return Answer(0, reason(error.reason))
            except (OSError, http.client.HTTPException, ValueError) as error:
                return Answer(0, reason(error))
            left -= seconds
            target = headers.get("Location")
            if status not in _REDIRECTS or not target:
                wait = seconds_of(headers.get("Retry-After"))
                return Answer(status, "", moved if status < 400 else "", wait)
            if len(target) > _LONGEST:
                return Answer(0, "it leads to an address that is too long")
            address = urljoin(address, target)
            if urlsplit(address).scheme not in ("http", "https"):
                return Answer(0, "it leads to an address that is not a web page")
            is_permanent = is_permanent and status in _PERMANENT
            # Behind the first temporary redirect, an address may be another one tomorrow.
            moved = address if is_permanent else moved
        return Answer(0, "it leads from one address to the next without end")

    def _head_or_get(self, address: str, left: float) -> tuple[int, Message, float]:
        """Status and headers for HEAD, or for GET if HEAD fails: some servers know only GET.

        `left` is how long it may take; the third value is how long it took, in seconds.
        """
        status, headers, seconds = self._request(address, "HEAD", left)
        if status >= 400 and status not in _BUSY:
            status, headers, more = self._request(address, "GET", left - seconds)
            seconds += more
        return status, headers, seconds

    def _request(self, address: str, method: str, left: float) -> tuple[int, Message, float]:
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
        limit = min(self.timeout, left)
        if limit <= 0:
            raise TimeoutError
        guard, started = Guard(private=self.private), time.monotonic()
        try:
            status, headers = _status_and_headers(request, guard, limit)
        except (OSError, http.client.HTTPException):
            if guard.is_late:
                raise TimeoutError from None
            raise
        if guard.is_late:
            # What came until then looks like the whole head of an answer.
            raise TimeoutError
        return status, headers, time.monotonic() - started


def _status_and_headers(
    request: urllib.request.Request, guard: Guard, limit: float
) -> tuple[int, Message]:
    try:
        # Leaving the block closes the connection, before the body is read.
        with guard.within(limit), opener(guard).open(request, timeout=limit) as response:
            return int(response.status), response.headers
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers


def seconds_of(retry_after: str | None) -> float | None:
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


def reason(error: object) -> str:
    """Why a request failed, in plain words."""
    if isinstance(error, PrivateAddressError):
        return PRIVATE
    if isinstance(error, TimeoutError):
        return "it did not answer in time"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not valid ({error.verify_message})"
    if isinstance(error, ConnectionRefusedError):
        return "nothing answers there"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error) or type(error).__name__
