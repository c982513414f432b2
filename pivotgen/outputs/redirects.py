"""Redirects: a small page at an old address that leads to the new one."""

from __future__ import annotations

from html import escape

from pivotgen.model.view import Chrome


def redirect(url: str, title: str, chrome: Chrome) -> bytes:
    """The page that leads to `url`, which is called `title`."""
    title = escape(title)
    return (
        f'<!doctype html>\n<html lang="{chrome.language}">\n<meta charset="utf-8">\n'
        f"<title>{title}</title>\n"
        f'<meta name="robots" content="noindex">\n'
        f'<meta http-equiv="refresh" content="0; url={url}">\n'
        f'<link rel="canonical" href="{escape(chrome.base_url + url)}">\n'
        f'<p><a href="{url}">{title}</a></p>\n</html>\n'
    ).encode()
