"""sitemap.xml: the pages that search engines may list, by the sitemaps.org protocol 0.9."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from html import escape
from itertools import islice

from pivotgen.kinds._kind import FileKind
from pivotgen.memory.card_cache import CardCache
from pivotgen.model.address import SITEMAP, output_of, sitemap_part_address
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.page import Entry, Page, PlanInputs
from pivotgen.model.view import Chrome

# The protocol's limit for one file.
_IN_FILE = 50_000
_TOP = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapRecipe:
    """One sitemap: addresses, each with the day it changed where known; or the index of several."""

    entries: tuple[tuple[str, date | None], ...] = ()
    # The addresses of the parts, in an index of them.
    parts: tuple[str, ...] = ()
    shows: tuple[int, ...] = ()


def _entries(inputs: PlanInputs) -> Iterator[Entry]:
    yield Entry(SITEMAP, "a file of the site")
    listed = sum(1 for _ in inputs.listed())
    if listed > _IN_FILE:
        for number in range(1, -(-listed // _IN_FILE) + 1):
            yield Entry(sitemap_part_address(number), "a file of the site")


def _pages(inputs: PlanInputs) -> Iterator[Page]:
    listed = ((entry.address, entry.changed) for entry in inputs.listed())
    first = tuple(islice(listed, _IN_FILE))
    number = 1
    while part := tuple(islice(listed, _IN_FILE)):
        number += 1
        yield _page(sitemap_part_address(number), SitemapRecipe(entries=part))
    if number == 1:
        yield _page(SITEMAP, SitemapRecipe(entries=first))
        return
    yield _page(sitemap_part_address(1), SitemapRecipe(entries=first))
    parts = tuple(sitemap_part_address(part) for part in range(1, number + 1))
    yield _page(SITEMAP, SitemapRecipe(parts=parts))


def _page(address: str, recipe: SitemapRecipe) -> Page:
    return Page(output_of(address), KIND.name, recipe)


def _content(
    recipe: SitemapRecipe, cards: CardCache, chrome: Chrome, read: Callable[[str], bytes]
) -> bytes:
    base = escape(chrome.base_url)
    if recipe.parts:
        files = "".join(f"<sitemap><loc>{base}{part}</loc></sitemap>\n" for part in recipe.parts)
        return f"{_TOP}<sitemapindex {_SPACE}>\n{files}</sitemapindex>\n".encode()
    urls = "".join(
        f"<url><loc>{base}{escape(url)}</loc>{_lastmod(day)}</url>\n" for url, day in recipe.entries
    )
    return f"{_TOP}<urlset {_SPACE}>\n{urls}</urlset>\n".encode()


def _lastmod(day: date | None) -> str:
    return f"<lastmod>{day.isoformat()}</lastmod>" if day else ""


KIND = FileKind(
    name="sitemap",
    recipe=SitemapRecipe,
    entries=_entries,
    pages=_pages,
    content=_content,
    says_days=True,
)
