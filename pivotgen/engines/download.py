"""Download: the body of one address of another site, within limits of size and time."""

from __future__ import annotations

import http.client
import urllib.error
import urllib.request
import zlib
from urllib.parse import urljoin, urlsplit

from pivotgen.engines.connection import Guard, PrivateAddressError, opener
from pivotgen.engines.http import reason

_AGENT = "pivotgen (lock --pull)"
_SECONDS = 60.0
_MAX_REQUESTS = 6
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_GZIP = b"\x1f\x8b"
# For zlib: data with the header of gzip, and no other.
_GZIP_HEADER = 31


class DownloadError(Exception):
    """Why nothing could be downloaded, in plain words."""


def download(address: str, limit: int, *, private_host: str = "") -> bytes:
    """The body of an address, redirects followed, unpacked where it is a gzip file.

    DownloadError when there is none, or it is larger than `limit` bytes. Of private networks only
    the host that is named is asked.
    """
    for _ in range(_MAX_REQUESTS):
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https"):
            raise DownloadError(f"{address} is not the address of a web page")
        guard = Guard(private=bool(private_host) and parts.netloc == private_host)
        request = urllib.request.Request(address, headers={"User-Agent": _AGENT})
        try:
            with guard.within(_SECONDS), opener(guard).open(request, timeout=_SECONDS) as response:
                data: bytes = response.read(limit + 1)
            if guard.is_late:
                raise TimeoutError
            return _within(_unpacked(data, limit), address, limit)
        except urllib.error.HTTPError as error:
            with error:
                target = error.headers.get("Location")
                if error.code not in _REDIRECTS or not target:
                    raise DownloadError(f"{address} answers with status {error.code}") from None
                address = urljoin(address, target)
        except PrivateAddressError:
            raise DownloadError(f"{address} is in a private network") from None
        except (OSError, http.client.HTTPException, ValueError, zlib.error) as error:
            fault = error.reason if isinstance(error, urllib.error.URLError) else error
            raise DownloadError(f"{address}: {reason(fault)}") from None
    raise DownloadError(f"{address} leads from one address to the next without end")


def _unpacked(data: bytes, limit: int) -> bytes:
    """The data; unpacked, but not much further than the limit, where it is packed."""
    if not data.startswith(_GZIP):
        return data
    return zlib.decompressobj(_GZIP_HEADER).decompress(data, limit + 1)


def _within(data: bytes, address: str, limit: int) -> bytes:
    if len(data) > limit:
        raise DownloadError(f"{address} is larger than {limit // 1_000_000} MB")
    return data
