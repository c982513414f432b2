"""Sitemap: every page for search engines, by sitemaps.org protocol 0.9."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from pivotgen.model.config import Config
from pivotgen.model.page import Output
from pivotgen.model.view import Head

# The protocol's limit for one file.
_MOST = 50_000
_TOP = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def sitemap(heads: Sequence[Head], config: Config) -> list[Output]:
    """sitemap.xml, in parts where one file cannot hold all; dated only where it is known."""
    urls = [_url(head) for head in heads if head.indexed]
    parts = [urls[start : start + _MOST] for start in range(0, len(urls), _MOST)] or [[]]
    files = [f"{_TOP}<urlset {_SPACE}>\n{''.join(part)}</urlset>\n" for part in parts]
    if len(files) == 1:
        return [Output("sitemap.xml", files[0].encode())]
    names = [f"sitemap-{number}.xml" for number in range(1, len(files) + 1)]
    entries = "".join(
        f"<sitemap><loc>{escape(config.base_url)}/{name}</loc></sitemap>\n" for name in names
    )
    index = f"{_TOP}<sitemapindex {_SPACE}>\n{entries}</sitemapindex>\n"
    return [
        Output("sitemap.xml", index.encode()),
        *(Output(name, file.encode()) for name, file in zip(names, files, strict=True)),
    ]


def _url(head: Head) -> str:
    day = f"<lastmod>{head.updated.isoformat()}</lastmod>" if head.updated else ""
    return f"<url><loc>{escape(head.canonical)}</loc>{day}</url>\n"
