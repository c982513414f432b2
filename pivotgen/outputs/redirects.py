"""Redirects: a small page at each old address that leads to the new one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from pivotgen.model.config import Config
from pivotgen.model.page import Output
from pivotgen.model.pivot import Pivot
from pivotgen.model.redirect import Redirect


def redirects(
    pivots: Iterable[Pivot], moved: Iterable[Redirect], titles: Mapping[str, str], config: Config
) -> list[Output]:
    """One page for each alias of each pivot, and for each address that has moved.

    `titles` are those of the pages, by address.
    """
    own = [
        _redirect(alias.text.strip("/"), f"/pivots/{pivot.slug}/", pivot.title, config)
        for pivot in pivots
        for alias in pivot.aliases
    ]
    return own + [_redirect(one.old.strip("/"), one.new, titles[one.new], config) for one in moved]


def _redirect(old: str, url: str, title: str, config: Config) -> Output:
    text = (
        f'<!doctype html>\n<html lang="{config.language}">\n<meta charset="utf-8">\n'
        f"<title>{escape(title)}</title>\n"
        f'<meta name="robots" content="noindex">\n'
        f'<meta http-equiv="refresh" content="0; url={url}">\n'
        f'<link rel="canonical" href="{escape(config.base_url + url)}">\n'
        f'<p><a href="{url}">{escape(title)}</a></p>\n</html>\n'
    )
    return Output(f"{old}/index.html", text.encode())
