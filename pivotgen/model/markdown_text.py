"""Markdown text: plain text, written so that Markdown shows it as it is."""

from __future__ import annotations

import re

# All that can begin a link, a mark, an address, a code or an entity inside a line (CommonMark 0.31,
# sections 2.4, 2.5 and 6).
_MARK = re.compile(r"[\\`*_\[\]<~]|&(?=#?\w+;)")


def as_markdown(text: str) -> str:
    """The text on one line, with a backslash before each character that Markdown could read."""
    return _MARK.sub(r"\\\g<0>", " ".join(text.split()))
