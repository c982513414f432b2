"""Code places: what of a file stands in code, where nothing is a link."""

from __future__ import annotations

import re

# A span of code. It ends within its paragraph: before a blank line, and before the next item,
# heading or quote. A longer search for the end of each could take very long.
_SPAN = re.compile(
    r"(?<![`\\])(`+)(?!`)(?:(?!\n\s*(?:\n|[-*+>#]|\d+[.)]\s)).){1,2000}?(?<!`)\1(?!`)", re.DOTALL
)
_ANY = re.compile(r"[^\n]")


def without_code_spans(text: str) -> str:
    """The text with blanks in place of all spans of code, so that every place stays the same."""
    return _SPAN.sub(lambda span: _ANY.sub(" ", span[0]), text) if "`" in text else text
