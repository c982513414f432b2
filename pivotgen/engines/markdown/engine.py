"""The Markdown engine: markdown-it-py with the settings of pivotgen."""

from __future__ import annotations

from functools import cache, lru_cache

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from pivotgen.engines.markdown.plain_text import spans_of


@cache
def engine() -> MarkdownIt:
    """Return the one engine of this process: CommonMark with tables and strikethrough."""
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    # These two rules find nothing while HTML is off.
    parser.disable(["html_block", "html_inline"])
    parser.core.ruler.at("inline", _parse_inline)
    # Normalising an address is slow, and the same address occurs in many texts.
    parser.normalizeLink = lru_cache(4_096)(parser.normalizeLink)  # type: ignore[method-assign]
    # The engine accepts every scheme, so that we can report a forbidden one with its place.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    return parser


def _parse_inline(state: StateCore) -> None:
    """Replace the rule of the same name in markdown-it: simple texts need no full parse."""
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
