"""Quotes: straight quotation marks become those of the site's language.

The marks are those that CLDR lists for each language, and for Switzerland those of its print. A
language that is not listed keeps the marks as they were typed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

from markdown_it.rules_core.smartquotes import process_inlines
from markdown_it.token import Token

from pivotgen.engines.markdown.plain_text import Span

# Opening and closing double marks, then single ones.
Quotes = str | tuple[str, ...]

_BY_MARKS: dict[Quotes, str] = {
    "“”‘’": "en cy da eu ga gl hi id ko lv ms mt nl pt th tr vi zh",
    "«»“”": "es ca el it pt-pt",
    "«»„“": "ru be uk",
    "«»‘’": "nb nn no",
    "«»‹›": "fa de-ch fr-ch",
    "„“‚‘": "de bg cs hr is sk sl",
    "„“‘’": "sr",
    "„“’‘": "mk",
    "„“„“": "lt",
    "„“«»": "et",
    "„”«»": "pl ro",
    "„”»«": "hu",
    "””’’": "sv fi he",
    "”“’‘": "ar ur",
    "「」『』": "ja zh-hant zh-hk zh-tw",
    ("«\N{NO-BREAK SPACE}", "\N{NO-BREAK SPACE}»", "“", "”"): "fr",
}
_BY_LANGUAGE = {code: marks for marks, codes in _BY_MARKS.items() for code in codes.split()}
_APOSTROPHE = "’"
# A single mark that is no apostrophe inside a word. The pattern begins with the mark, because a
# search for one character is fast.
_SINGLE = re.compile(r"'(?:(?<![^\W_]')|(?![^\W_]))")
# Setting more marks than this in one paragraph would be slow, and no writer has as many.
_MOST = 400
# Double marks around words, with a blank or a bracket before them, and a blank, the end or a
# punctuation mark behind: these can be nothing else.
_DOUBLE = re.compile(r'"(?<![^ (]")([^\W_](?:[^"]*[^\W_.,!?;:…)])?[.,!?;:…)]*)"(?![^ .,;:)?!])')


def quotes_of(language: str) -> Quotes | None:
    """The marks of a language by its BCP 47 code, or None when none are known."""
    code = language.lower()
    while code and code not in _BY_LANGUAGE:
        code = code.rpartition("-")[0]
    return _BY_LANGUAGE.get(code)


def set_quotes(tokens: list[Token], quotes: Quotes) -> None:
    """Replace the straight marks in the tokens of one paragraph."""
    if _too_many([token.content for token in tokens if token.type == "text"]):
        return
    state: Any = SimpleNamespace(md=SimpleNamespace(options=SimpleNamespace(quotes=quotes)))
    process_inlines(tokens, state)


def quoted_text(text: str, quotes: Quotes) -> str:
    """A text without markup with its straight marks replaced, as `set_quotes` does it."""
    if "'" not in text and '"' not in text:
        return text
    if _too_many([text]):
        return text
    simple = _DOUBLE.sub(rf"{quotes[0]}\1{quotes[1]}", text) if '"' in text else text
    if '"' not in simple and not _SINGLE.search(text):
        # Apostrophes inside words do not depend on what is around them.
        return simple.replace("'", _APOSTROPHE)
    token = Token("text", "", 0, content=text)
    set_quotes([token], quotes)
    return token.content


def quoted_spans(spans: Sequence[Span], quotes: Quotes) -> Sequence[Span]:
    """The spans of a text with its straight marks replaced, as `set_quotes` does it."""
    texts = [span.words for span in spans]
    if _too_many(texts):
        return spans
    text = "\n".join(texts)
    if '"' not in text and not _SINGLE.search(text):
        return [span._replace(words=span.words.replace("'", _APOSTROPHE)) for span in spans]
    tokens: list[Token] = []
    for span in spans:
        if span.tag:
            # The engine gives both ends of an element the level outside.
            tokens += (
                Token("open", span.tag, 1),
                Token("text", "", 0, content=span.words, level=1),
                Token("close", span.tag, -1),
            )
        else:
            tokens.append(Token("text", "", 0, content=span.words))
    set_quotes(tokens, quotes)
    words = [token.content for token in tokens if token.type == "text"]
    return [span._replace(words=text) for span, text in zip(spans, words, strict=True)]


def _too_many(texts: Sequence[str]) -> bool:
    return sum([text.count('"') + text.count("'") for text in texts]) > _MOST
