"""robots.txt: everything may be read, and here is the map (RFC 9309)."""

from __future__ import annotations

from pivotgen.model.view import Chrome


def robots(chrome: Chrome) -> bytes:
    """robots.txt with the absolute address of the sitemap."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {chrome.base_url}/sitemap.xml\n".encode()
