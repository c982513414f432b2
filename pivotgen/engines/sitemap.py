"""Sitemap: the addresses and days that the sitemap of a live site lists.

The file is a stranger's. It is read without entities and other files, so that nothing in it can
grow or lead elsewhere, and other sitemaps that it names must be on the same host.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlsplit
from xml.parsers import expat

from pivotgen.engines.download import DownloadError, download

# The protocol's limits for one file, and ours for all of them.
_BYTES = 50_000_000
_SITEMAPS, _ADDRESSES = 1_000, 1_000_000
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


class SitemapError(Exception):
    """Why a sitemap could not be read, in plain words."""


@dataclass(slots=True)
class Sitemap:
    """What sitemaps list: addresses, each with its day where it has one; and other sitemaps."""

    addresses: dict[str, date | None] = field(default_factory=dict)
    parts: list[str] = field(default_factory=list)


def read_site(address: str, *, is_named: bool) -> dict[str, date | None]:
    """All that a sitemap lists, with the sitemaps that it is an index of.

    Its host may be in a private network when somebody has named it. SitemapError.
    """
    host = urlsplit(address).netloc
    whole = Sitemap(parts=[address])
    done: set[str] = set()
    while whole.parts:
        part = whole.parts.pop(0)
        if part in done:
            continue
        done.add(part)
        if urlsplit(part).netloc != host:
            raise SitemapError(f"{address} names a sitemap of another host, {part}")
        if len(done) > _SITEMAPS or len(whole.addresses) > _ADDRESSES:
            raise SitemapError(f"{address} lists more than one site can have")
        try:
            data = download(part, _BYTES, private_host=host if is_named else "")
        except DownloadError as error:
            raise SitemapError(str(error)) from None
        read_sitemap(data, part, whole)
    return whole.addresses


def read_sitemap(data: bytes, name: str, into: Sitemap) -> None:
    """Add what one file lists. SitemapError when it is no sitemap."""
    reader = _Reader(into)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = reader.refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise SitemapError(f"{name} is no sitemap: line {error.lineno} is not XML") from None
    except _RefusedError:
        raise SitemapError(f"{name} is no sitemap: it has definitions of its own") from None
    if not reader.is_sitemap:
        raise SitemapError(f"{name} is no sitemap")


class _RefusedError(Exception):
    """The file is more than a sitemap may be."""


class _Reader:
    """Collects the texts of `loc` and `lastmod`, whatever else there is."""

    def __init__(self, into: Sitemap) -> None:
        self._into = into
        self._texts: dict[str, str] = {}
        self._name = ""
        self.is_sitemap = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._name = name.rpartition(" ")[2]
        if self._name in ("urlset", "sitemapindex"):
            self.is_sitemap = True
        if self._name in ("url", "sitemap"):
            self._texts = {}

    def text(self, text: str) -> None:
        if self._name in ("loc", "lastmod"):
            self._texts[self._name] = self._texts.get(self._name, "") + text

    def end(self, name: str) -> None:
        self._name = ""
        address = self._texts.get("loc", "").strip()
        match name.rpartition(" ")[2]:
            case "url" if address:
                self._into.addresses[address] = _day(self._texts.get("lastmod", ""))
            case "sitemap" if address:
                self._into.parts.append(address)

    def refuse(self, *of_doctype: object) -> None:
        raise _RefusedError


def _day(text: str) -> date | None:
    """The day of a moment; None for a month, a year or something else."""
    match = _DAY.match(text.strip())
    try:
        return date.fromisoformat(match[0]) if match else None
    except ValueError:
        return None
