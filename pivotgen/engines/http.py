"""Web: one question to one address. The only file that uses the network, and only to ask."""

from __future__ import annotations

import http.client
import ssl
import urllib.error
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from urllib.parse import quote, urljoin, urlsplit

from pivotgen.model.answer import Answer

# Browsers follow up to twenty; a page that needs more than a handful is lost already.
_HOPS = 6
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_FOR_GOOD = frozenset({301, 308})
# Answers that say “wait”, to which a second question at once would be rude.
_BUSY = frozenset({429, 503})


class _Stay(urllib.request.HTTPRedirectHandler):
    """Leaves redirects to us, since only we know which were for good."""

    def redirect_request(self, *words: object, **more: object) -> None:
        return None


_OPENER = urllib.request.build_opener(_Stay)


def ask(address: str, agent: str, timeout: float, before: Callable[[str], None]) -> Answer:
    """What `address` answers to HEAD, or to GET where HEAD is refused. Raises nothing.

    `before` is called with the host ahead of every question, also after a redirect; it may wait.
    """
    here, moved, for_good = address, "", True
    for _ in range(_HOPS):
        try:
            status, headers = _either(here, agent, timeout, before)
        except urllib.error.URLError as error:
            return Answer(0, _why(error.reason))
        except (OSError, http.client.HTTPException, ValueError) as error:
            return Answer(0, _why(error))
        target = headers.get("Location")
        if status not in _REDIRECTS or not target:
            wait = _seconds(headers.get("Retry-After")) if status in _BUSY else None
            return Answer(status, "", moved if status < 400 else "", wait)
        here = urljoin(here, target)
        if urlsplit(here).scheme not in ("http", "https"):
            return Answer(0, "it leads to an address that is not a web page")
        for_good = for_good and status in _FOR_GOOD
        moved = here if for_good else moved
    return Answer(0, "it leads from one address to the next without end")


def _either(
    address: str, agent: str, timeout: float, before: Callable[[str], None]
) -> tuple[int, Message]:
    """The answer to HEAD; to GET when HEAD finds nothing, for many servers know only GET."""
    status, headers = _once(address, "HEAD", agent, timeout, before)
    if status >= 400 and status not in _BUSY:
        return _once(address, "GET", agent, timeout, before)
    return status, headers


def _once(
    address: str, method: str, agent: str, timeout: float, before: Callable[[str], None]
) -> tuple[int, Message]:
    parts = urlsplit(address)
    host = parts.netloc.encode("idna").decode() if not parts.netloc.isascii() else parts.netloc
    plain = parts._replace(netloc=host, fragment="").geturl()
    # What is encoded already stays as it is.
    request = urllib.request.Request(quote(plain, safe="%/:=&?~+!$,;'@()*[]"), method=method)
    request.add_header("User-Agent", agent)
    request.add_header("Accept", "text/html,*/*;q=0.8")
    before(host)
    try:
        # The page itself is never read: closing the answer ends it.
        with _OPENER.open(request, timeout=timeout) as answer:
            return int(answer.status), answer.headers
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers


def _seconds(text: str | None) -> float | None:
    """Retry-After in seconds from now: it is a number of them, or a moment."""
    if text is None:
        return None
    if text.strip().isdigit():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def _why(error: object) -> str:
    if isinstance(error, TimeoutError):
        return "it did not answer in time"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not valid ({error.verify_message})"
    if isinstance(error, ConnectionRefusedError):
        return "nothing answers there"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error) or type(error).__name__
