"""Render: the planned pages of a batch to their bytes, or to the problems of their layouts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from pivotgen.engines.layouts import Layouts
from pivotgen.engines.packing import unpack
from pivotgen.engines.settings import settings
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
from pivotgen.model.setting import Batch, Setting
from pivotgen.outputs.feeds import atom, json_feed
from pivotgen.outputs.headers import headers
from pivotgen.outputs.llms import llms
from pivotgen.outputs.redirects import redirect
from pivotgen.outputs.robots import robots
from pivotgen.outputs.sitemap import sitemap, sitemap_index
from pivotgen.outputs.structured_data import structured_data
from pivotgen.stages.compose import Stock, compose


def render(batch: Batch) -> Iterator[tuple[Planned, bytes | Problem]]:
    """Each page with its bytes, or with the problem of its layout."""
    layouts = _layouts(batch.setting)
    stock = Stock(batch.cards, batch.bodies)
    chrome = batch.setting.chrome
    for page in batch.pages:
        recipe = unpack(KINDS[page.kind], page.recipe)
        if page.kind in WITH_LAYOUT:
            view = compose(recipe, stock, chrome)
            html = layouts.render(f"{page.kind}.html", view, chrome, structured_data(view, chrome))
            yield page, html if isinstance(html, Problem) else html.encode()
        else:
            yield page, _other(recipe, page.kind, stock, batch)


def _other(recipe: Recipe, kind: str, stock: Stock, batch: Batch) -> bytes:
    """A file that is not made by a layout."""
    chrome = batch.setting.chrome
    match recipe:
        case AssetRecipe():
            return batch.bodies[recipe.path]
        case RedirectRecipe():
            title = stock.card(recipe.path).title if recipe.path else recipe.url
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


@lru_cache(maxsize=2)
def _layouts(setting: Setting) -> Layouts:
    """Compiled layouts, kept by a process for all its batches."""
    filters = dict(setting.filters)
    if setting.filters_from and not filters:
        config = settings(Path(setting.filters_from))
        filters = dict(config.filters) if isinstance(config, Config) else {}
    return Layouts(setting.layouts, filters, setting.code)
