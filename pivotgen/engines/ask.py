"""Ask: one request to an address that the settings of the site name, and its whole answer."""

from __future__ import annotations

import http.client
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import field
from email.message import Message

from pivotgen.model.lazy_dataclass import dataclass

# Seconds until a request counts as lost.
_TIMEOUT = 30.0


@dataclass(frozen=True, slots=True)
class Reply:
    """What was answered; status 0 when nothing was."""

    status: int
    body: bytes = b""
    # By name in lower case.
    headers: Mapping[str, str] = field(default_factory=dict)
    # Why there is no answer.
    fault: str = ""


def ask(
    method: str,
    url: str,
    headers: Mapping[str, str] | None = None,
    body: bytes | None = None,
) -> Reply:
    """The answer to a request; a redirect is an answer and is not followed."""
    # Not every interface takes a guessed type.
    given = {"User-Agent": "pivotgen", "Content-Type": "application/json", **(headers or {})}
    if body is None:
        del given["Content-Type"]
    request = urllib.request.Request(url, data=body, headers=given, method=method)
    try:
        with _OPENER.open(request, timeout=_TIMEOUT) as response:
            return _reply(response.status, response.headers, response.read())
    except urllib.error.HTTPError as error:
        with error:
            return _reply(error.code, error.headers, error.read())
    except urllib.error.URLError as error:
        return Reply(0, fault=getattr(error.reason, "strerror", None) or str(error.reason))
    except (OSError, http.client.HTTPException) as error:
        return Reply(0, fault=str(error) or type(error).__name__)


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: object, **kwargs: object) -> None:
        return None


_OPENER = urllib.request.build_opener(_NoRedirects)


def _reply(status: int, headers: Message, body: bytes) -> Reply:
    return Reply(status, body, {name.lower(): value for name, value in headers.items()})
