"""Render: planned pages to their bytes, or to the problems of their layouts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from pivotgen.engines.layouts import Layouts
from pivotgen.engines.packing import unpack
from pivotgen.engines.settings import settings
from pivotgen.memory.ledger import Ledger
from pivotgen.model.config import Config
from pivotgen.model.page import (
    KINDS,
    WITH_LAYOUT,
    AssetRecipe,
    FeedRecipe,
    HeadersRecipe,
    LlmsRecipe,
    Planned,
    Recipe,
    RedirectRecipe,
    SitemapIndexRecipe,
    SitemapRecipe,
)
from pivotgen.model.problem import Problem
from pivotgen.model.setting import Setting
from pivotgen.model.view import Chrome
from pivotgen.outputs.feeds import atom, json_feed
from pivotgen.outputs.headers import headers
from pivotgen.outputs.llms import llms
from pivotgen.outputs.redirects import redirect
from pivotgen.outputs.robots import robots
from pivotgen.outputs.sitemap import sitemap, sitemap_index
from pivotgen.outputs.structured_data import structured_data
from pivotgen.stages.compare import ties
from pivotgen.stages.compose import compose
from pivotgen.stages.stock import Stock


def render(
    book: Ledger, ids: Sequence[int], setting: Setting, site: Path
) -> Iterator[tuple[Planned, bytes | Problem, bytes]]:
    """Each of these files with its bytes, or with the problem of its layout, and its ties."""
    layouts, stock, chrome = _layouts(setting), _stock(book), setting.chrome
    planned = [(page, unpack(KINDS[page.kind], page.recipe)) for page in book.pages.planned(ids)]
    stock.fetch({number for _, recipe in planned for number in recipe.shows})
    for page, recipe in planned:
        made: bytes | Problem
        if page.kind in WITH_LAYOUT:
            view = compose(recipe, page.text, stock, chrome)
            html = layouts.render(f"{page.kind}.html", view, chrome, structured_data(view, chrome))
            made = html if isinstance(html, Problem) else html.encode()
        else:
            made = _other(recipe, page.kind, stock, chrome, site)
        yield page, made, ties(recipe, page.recipe, stock.versions)


def _other(recipe: Recipe, kind: str, stock: Stock, chrome: Chrome, site: Path) -> bytes:
    """A file that is not made by a layout."""
    match recipe:
        case AssetRecipe():
            return (site / recipe.path).read_bytes()
        case RedirectRecipe():
            title = recipe.url if recipe.card is None else stock.card(recipe.card).title
            return redirect(recipe.url, title, chrome)
        case SitemapRecipe():
            return sitemap(recipe.entries, chrome)
        case SitemapIndexRecipe():
            return sitemap_index(recipe.names, chrome)
        case FeedRecipe():
            make = atom if kind == "atom" else json_feed
            return make(stock.cards(recipe.shows), recipe.days, chrome)
        case LlmsRecipe():
            return llms(stock.cards(recipe.shows), chrome)
        case HeadersRecipe():
            return headers()
        case _:
            return robots(chrome)


@lru_cache(maxsize=1)
def _stock(book: Ledger) -> Stock:
    """Cards, kept by a process for all batches of one build."""
    return Stock(book.inputs)


@lru_cache(maxsize=2)
def _layouts(setting: Setting) -> Layouts:
    """Compiled layouts, kept by a process for all its batches."""
    filters = dict(setting.filters)
    if setting.filters_from and not filters:
        config = settings(Path(setting.filters_from))
        filters = dict(config.filters) if isinstance(config, Config) else {}
    return Layouts(setting.layouts, filters, setting.code)
