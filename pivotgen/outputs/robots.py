"""robots.txt: everything may be read, and here is the map (RFC 9309)."""

from __future__ import annotations

from pivotgen.model.config import Config
from pivotgen.model.page import Output


def robots(config: Config) -> Output:
    """robots.txt with the absolute address of the sitemap."""
    text = f"User-agent: *\nAllow: /\n\nSitemap: {config.base_url}/sitemap.xml\n"
    return Output("robots.txt", text.encode())
