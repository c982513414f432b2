"""The Markdown engine: markdown-it-py as pivotgen sets it up."""

from __future__ import annotations

from functools import cache, lru_cache

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from pivotgen.engines.markdown.plain_text import spans_of


@cache
def engine() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    # Without HTML these two never find anything.
    parser.disable(["html_block", "html_inline"])
    parser.core.ruler.at("inline", _parse_inline)
    # One address stands in many texts, and is slow to take apart.
    parser.normalizeLink = lru_cache(4_096)(parser.normalizeLink)  # type: ignore[method-assign]
    # Links of every scheme come through, so that a refused one is a problem with a place.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    return parser


def _parse_inline(state: StateCore) -> None:
    """markdown-it's rule of this name, but for runs of text that are quick to see through."""
    for token in state.tokens:
        if token.type != "inline":
            continue
        token.children = []
        if (spans := spans_of(token.content)) is None:
            state.md.inline.parse(token.content, state.md, state.env, token.children)
            continue
        for words, tag, target in spans:
            text = Token("text", "", 0, content=words)
            if tag:
                name = "link" if target else tag
                attributes: dict[str, str | int | float] = {}
                if target:
                    attributes["href"] = state.md.normalizeLink(target)
                token.children += (
                    Token(f"{name}_open", tag, 1, attrs=attributes),
                    text,
                    Token(f"{name}_close", tag, -1),
                )
            elif words:
                token.children.append(text)
