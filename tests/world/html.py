"""Looking into HTML."""

from __future__ import annotations

import json
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode


def first(tree: LexborHTMLParser | LexborNode, selector: str) -> LexborNode:
    """The first element that fits the selector; there must be one."""
    node = tree.css_first(selector)
    assert node is not None, selector
    return node


def article_of(tree: LexborHTMLParser) -> dict[str, Any]:
    """The article in the structured data of a page."""
    graph: list[dict[str, Any]] = json.loads(
        first(tree, 'script[type="application/ld+json"]').text()
    )["@graph"]
    [article] = [node for node in graph if node["@type"] == "Article"]
    return article
