"""Pull: what the sitemap of a live site says, as lines of the lock."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from urllib.parse import unquote, urlsplit

from pivotgen.model.address import (
    SITEMAP,
    base_path_of,
    encoded_base,
    is_typed_address,
    page_address,
)
from pivotgen.model.lazy_dataclass import dataclass

# How the names of pages end on other sites; what ends otherwise is a file.
_PAGES = (".html", ".htm")


@dataclass(frozen=True, slots=True)
class Pulled:
    """The pages of a live site, each with its day where the sitemap has one."""

    days: Mapping[str, date | None]
    # Addresses that can be no page of this site: of other sites, with a query, of files.
    skipped: int


def pull(base_url: str, named: str) -> Pulled:
    """What a live site lists; `named` is the address of its sitemap, or "" for the usual one.

    ValueError says why it cannot be read.
    """
    # Imported only here, because nothing else needs the network.
    from pivotgen.engines.sitemap import SitemapError, read_site

    address = named or f"{encoded_base(base_url)}{SITEMAP}"
    try:
        listed = read_site(address, is_named=bool(named))
    except SitemapError as error:
        raise ValueError(str(error)) from None
    days: dict[str, date | None] = {}
    for url, day in listed.items():
        if page := _page(base_url, url):
            days[page] = day
    return Pulled(days, len(listed) - len(days))


def _page(base_url: str, url: str) -> str:
    """The address on this site of a page of the live one, or ""."""
    base, parts = urlsplit(base_url), urlsplit(url)
    path, below = unquote(parts.path), unquote(base_path_of(base_url))
    if parts.netloc != base.netloc or not f"{path}/".startswith(f"{below}/") or parts.query:
        return ""
    path = path[len(below) :]
    if path in ("", "/"):
        return "/"
    name = path.rpartition("/")[2]
    if not is_typed_address(path) or ("." in name and not name.endswith(_PAGES)):
        return ""
    return page_address(path)
