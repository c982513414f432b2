"""A redirect: a small page at an old address that leads to the new one.

Old addresses come from the `aliases` of pivots and from content/redirects.yaml.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape

from pivotgen.kinds._kind import FileKind
from pivotgen.memory.card_cache import CardCache
from pivotgen.model.address import output_of, readable
from pivotgen.model.lazy_dataclass import dataclass
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
    if not inputs.small_pages:
        return
    cards = {node.address: node.number for site in inputs.sites for node in site.nodes.values()}
    for redirect in inputs.moves():
        # An address that is gone has no page; the host answers for it.
        if redirect.new is not None:
            card = cards.get(redirect.new.partition("#")[0])
            recipe = RedirectRecipe(url=redirect.new, card=card)
            yield Page(output_of(redirect.old), KIND.name, recipe)


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
