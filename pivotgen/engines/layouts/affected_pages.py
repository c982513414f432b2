"""Affected pages: the kinds of pages that cannot be made for a fault in a layout."""

from __future__ import annotations

from collections.abc import Collection, Iterable

# Kinds that a message calls otherwise: readers know the page of missing.html by its number.
_SAID = {"missing": "404", "page": "own"}


def affected_pages(layouts: Collection[str], page_layouts: Iterable[str]) -> str:
    """In brackets, that no page of these layouts can be made; "" when there are none.

    `page_layouts` are the layouts of all kinds of pages.
    """
    every = list(page_layouts)
    if set(layouts) == set(every):
        return " (no page can be made)"
    kinds = [_kind(layout) for layout in every if layout in layouts]
    named = f"{', '.join(kinds[:-1])} or {kinds[-1]}" if len(kinds) > 1 else "".join(kinds)
    return f" (no {named} page can be made)" if named else ""


def _kind(layout: str) -> str:
    """The kind of page that a layout makes, in the words of a message."""
    kind = layout.removesuffix(".html")
    return _SAID.get(kind, kind)
