"""Delivery: the headers and the media types with which the files of a site are sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import NamedTuple

from pivotgen.model.address import ASSETS, TWIN_FILE
from pivotgen.model.config import Config
from pivotgen.model.content_policy import Need, content_policy
from pivotgen.model.delivery_settings import hsts_of, needs_of_sites
from pivotgen.model.lazy_dataclass import dataclass

EVERY_FILE = "/*"
POLICY = "Content-Security-Policy"
# These take away only what no page of text needs: guessed media types, full addresses sent to
# other sites, and asking readers for the rights to their devices.
_SAFE = {
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_CACHED_FOREVER = {"Cache-Control": "public, max-age=31536000, immutable"}
# Pictures are shown where a page is shared, and by readers of feeds.
_SHOWN_ELSEWHERE = {"Cross-Origin-Resource-Policy": "cross-origin"}
_PICTURES = (".avif", ".gif", ".ico", ".jpeg", ".jpg", ".png", ".svg", ".webp")
_KEPT_OUT = {"X-Robots-Tag": "noindex"}
# A search engine that lists a page needs no second text of it.
_TWINS = f"/*{TWIN_FILE}"

# Values of Content-Type by the ending of a file's name, in lower case.
MEDIA_TYPES: Mapping[str, str] = {
    ".asc": "text/plain; charset=utf-8",
    ".atom": "application/atom+xml",
    ".avif": "image/avif",
    ".bin": "application/octet-stream",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".epub": "application/epub+zip",
    ".geojson": "application/geo+json",
    ".gif": "image/gif",
    ".gz": "application/gzip",
    ".htm": "text/html; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".ics": "text/calendar; charset=utf-8",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".m4a": "audio/mp4",
    ".map": "application/json",
    ".markdown": "text/markdown; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".mht": "multipart/related",
    ".mhtml": "multipart/related",
    ".mjs": "text/javascript; charset=utf-8",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".oga": "audio/ogg",
    ".ogg": "audio/ogg",
    ".ogv": "video/ogg",
    ".otf": "font/otf",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".rdf": "application/rdf+xml",
    ".rss": "application/rss+xml",
    ".shtml": "text/html; charset=utf-8",
    ".svg": "image/svg+xml",
    ".svgz": "image/svg+xml",
    ".ttf": "font/ttf",
    ".txt": "text/plain; charset=utf-8",
    ".vcf": "text/vcard; charset=utf-8",
    ".vtt": "text/vtt; charset=utf-8",
    ".wasm": "application/wasm",
    ".wav": "audio/wav",
    ".webm": "video/webm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xht": "application/xhtml+xml",
    ".xhtml": "application/xhtml+xml",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xml": "application/xml",
    ".xsl": "application/xslt+xml",
    ".xslt": "application/xslt+xml",
    ".yaml": "application/yaml",
    ".yml": "application/yaml",
    ".zip": "application/zip",
}
_UNKNOWN = "application/octet-stream"
# What is neither text nor compressed.
_PLAIN_DATA = frozenset(
    (
        *("application/json", "application/xml", "application/yaml", "application/javascript"),
        *("application/wasm", "font/otf", "font/ttf"),
    )
)


class HeaderRule(NamedTuple):
    """The headers of all files whose addresses fit a pattern."""

    # An address of this site with at most one `*`, which stands for any text: "/*", "/assets/*",
    # "/*.png".
    pattern: str
    # Names and values.
    headers: tuple[tuple[str, str], ...]

    def fits(self, address: str) -> bool:
        """Whether an address of this site has these headers."""
        start, star, end = self.pattern.partition("*")
        if not star:
            return address == start
        is_long = len(address) >= len(start) + len(end)
        return is_long and address.startswith(start) and address.endswith(end)


@dataclass(frozen=True, slots=True)
class Delivery:
    """How the files of one site are sent; addresses are relative to the site, without base path."""

    # From the widest to the narrowest: where several fit an address, the last one that has a
    # header decides.
    rules: tuple[HeaderRule, ...]
    # Of the settings: media types by ending, which precede those of MEDIA_TYPES.
    types: tuple[tuple[str, str], ...] = ()

    def headers(self, address: str) -> dict[str, str]:
        """The headers of the file at an address, apart from Content-Type."""
        headers: dict[str, str] = {}
        for rule in self.rules:
            if rule.fits(address):
                headers.update(rule.headers)
        return headers

    def media_type(self, path: str) -> str:
        """The Content-Type of the file at a path or an address, by the ending of its name alone.

        A file without an ending, or with an unknown one, is "application/octet-stream"; an address
        with a slash at its end is that of a page.
        """
        if path.endswith("/"):
            return MEDIA_TYPES[".html"]
        ending = PurePosixPath(path).suffix.lower()
        return dict(self.types).get(ending) or MEDIA_TYPES.get(ending, _UNKNOWN)

    def is_compressible(self, path: str) -> bool:
        """Whether the file at a path or an address gets much smaller when it is compressed."""
        return is_compressible(self.media_type(path))

    def knows(self, path: str) -> bool:
        """Whether the ending of a file tells its media type; a file without one needs none."""
        ending = PurePosixPath(path).suffix.lower()
        return not ending or ending in MEDIA_TYPES or ending in dict(self.types)


def is_compressible(media_type: str) -> bool:
    """Whether files of this type get much smaller; most other types are compressed already."""
    plain = media_type.partition(";")[0]
    return plain.startswith("text/") or plain in _PLAIN_DATA or plain.endswith(("+json", "+xml"))


def delivery_of(config: Config, needs: Iterable[Need] = (), *, preview: bool = False) -> Delivery:
    """How the files of a site with these settings are sent.

    `needs` is what its layouts and style sheets load. In a preview search engines are kept out.
    """
    policy = content_policy((*needs, *needs_of_sites(config.other_sites)))
    everywhere = {POLICY: policy, **_SAFE, **(_KEPT_OUT if preview else {})}
    if hsts := hsts_of(config.hsts):
        everywhere["Strict-Transport-Security"] = hsts.header
    rules = {EVERY_FILE: everywhere, f"{ASSETS}*": _CACHED_FOREVER}
    rules |= {f"/*{ending}": _SHOWN_ELSEWHERE for ending in _PICTURES}
    if config.markdown_twins:
        rules[_TWINS] = _KEPT_OUT
    return Delivery(
        tuple(HeaderRule(pattern, tuple(headers.items())) for pattern, headers in rules.items()),
        tuple(sorted(config.media_types.items())),
    )


# Of a site that was not built yet.
PLAIN = Delivery((HeaderRule(EVERY_FILE, ((POLICY, content_policy(())), *_SAFE.items())),))
