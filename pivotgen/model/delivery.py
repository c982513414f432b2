"""Delivery: the headers and the media types with which the files of a site are sent."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

from pivotgen.model.address import ASSETS

# These take away only what no page of text needs: guessed media types, full addresses sent to
# other sites, frames and plugins. What a layout or a link brings in is the choice of the site.
_ALL_FILES = {
    "Content-Security-Policy": "base-uri 'self'; frame-ancestors 'self'; object-src 'none'",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
}
_CACHED_FOREVER = {"Cache-Control": "public, max-age=31536000, immutable"}

# Headers by the pattern of the addresses they belong to. No header stands under two patterns that
# match the same address, because hosts would send both.
EVERY_FILE = "/*"
DELIVERY: Mapping[str, Mapping[str, str]] = {EVERY_FILE: _ALL_FILES, f"{ASSETS}*": _CACHED_FOREVER}

# Values of Content-Type by the ending of a file's name, in lower case.
MEDIA_TYPES: Mapping[str, str] = {
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
_UNKNOWN = "application/octet-stream"


def media_type(path: str) -> str:
    """The Content-Type of the file at a path of the site, judged by the ending of its name alone.

    A file with an unknown ending, or without one, is "application/octet-stream".
    """
    return MEDIA_TYPES.get(PurePosixPath(path).suffix.lower(), _UNKNOWN)
