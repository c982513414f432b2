"""Sitemap: pages for search engines, by sitemaps.org protocol 0.9."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from html import escape

from pivotgen.model.view import Chrome

_TOP = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def sitemap(entries: Iterable[tuple[str, date | None]], chrome: Chrome) -> bytes:
    """One sitemap: addresses on this site, each dated only where its day is known."""
    base = escape(chrome.base_url)
    urls = "".join(
        f"<url><loc>{base}{escape(url)}</loc>{_day(day)}</url>\n" for url, day in entries
    )
    return f"{_TOP}<urlset {_SPACE}>\n{urls}</urlset>\n".encode()


def sitemap_index(names: Iterable[str], chrome: Chrome) -> bytes:
    """The index of a sitemap in parts."""
    base = escape(chrome.base_url)
    entries = "".join(f"<sitemap><loc>{base}/{name}</loc></sitemap>\n" for name in names)
    return f"{_TOP}<sitemapindex {_SPACE}>\n{entries}</sitemapindex>\n".encode()


def _day(day: date | None) -> str:
    return f"<lastmod>{day.isoformat()}</lastmod>" if day else ""
