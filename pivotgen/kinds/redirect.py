"""A redirect: a small page at an old address that leads to the new one.

Old addresses come from the `aliases` of pivots and from content/redirects.yaml.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape

from pivotgen.kinds._kind import FileKind
from pivotgen.memory.card_cache import CardCache
from pivotgen.model.address import (
    output_of,
    own_page_address,
    page_address,
    pivot_address,
    readable,
)
from pivotgen.model.page import Entry, Page, PlanInputs
from pivotgen.model.view import Chrome


@dataclass(frozen=True, slots=True, kw_only=True)
class RedirectRecipe:
    """Where an old address leads now."""

    url: str
    # Of the pivot, where it leads to one.
    card: int | None

    @property
    def shows(self) -> tuple[int, ...]:
        return () if self.card is None else (self.card,)


def _entries(inputs: PlanInputs) -> Iterator[Entry]:
    """None: old addresses are given out only after every page has its own."""
    return iter(())


def _pages(inputs: PlanInputs) -> Iterator[Page]:
    cards = {pivot_address(node.slug): node.number for node in inputs.site.nodes.values()}
    for old, new in _moves(inputs):
        recipe = RedirectRecipe(url=new, card=cards.get(new.partition("#")[0]))
        yield Page(output_of(old), KIND.name, recipe)


def _moves(inputs: PlanInputs) -> Iterator[tuple[str, str]]:
    for slug, node in inputs.site.nodes.items():
        for alias in node.aliases:
            yield page_address(alias.text), pivot_address(slug)
    for page in inputs.site.pages.values():
        for alias in page.aliases:
            yield page_address(alias.text), own_page_address(page.slug)
    for redirect in inputs.redirects:
        yield redirect.old, redirect.new


def _content(
    recipe: RedirectRecipe, cards: CardCache, chrome: Chrome, read: Callable[[str], bytes]
) -> bytes:
    url = escape(recipe.url)
    title = readable(recipe.url) if recipe.card is None else cards.card(recipe.card).title
    title = escape(title)
    return (
        f'<!doctype html>\n<html lang="{chrome.language}">\n<meta charset="utf-8">\n'
        f"<title>{title}</title>\n"
        f'<meta name="robots" content="noindex">\n'
        f'<meta http-equiv="refresh" content="0; url={url}">\n'
        f'<link rel="canonical" href="{escape(chrome.base_url + recipe.url)}">\n'
        f'<p><a href="{url}">{title}</a></p>\n</html>\n'
    ).encode()


KIND = FileKind(
    name="redirect", recipe=RedirectRecipe, entries=_entries, pages=_pages, content=_content
)
