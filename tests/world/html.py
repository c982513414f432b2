"""Looking into HTML."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser, LexborNode


def first(tree: LexborHTMLParser | LexborNode, selector: str) -> LexborNode:
    """The first element that fits the selector; there must be one."""
    node = tree.css_first(selector)
    assert node is not None, selector
    return node
