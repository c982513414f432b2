"""Jinja marks: the parts of a layout that Jinja reads, told from the parts that pages show."""

from __future__ import annotations

import re

# A string may hold what would end a mark.
_STRINGS = r"""(?:"[^"]*"|'[^']*'"""
_MARK = re.compile(
    r"\{#.*?#\}"
    r"|\{%[-+]?\s*raw\s*[-+]?%\}(?P<raw>.*?)\{%[-+]?\s*endraw\s*[-+]?%\}"
    rf"|\{{\{{{_STRINGS}|[^\"'}}]|\}}(?!\}}))*+\}}\}}"
    rf"|\{{%{_STRINGS}|[^\"'%]|%(?!\}}))*+%\}}",
    re.DOTALL,
)
_NO_LINE_END = re.compile(r"[^\n]")


def without_jinja(text: str) -> str:
    """A layout with a NUL for every character that Jinja reads, so that all places are kept.

    What stands between `raw` and `endraw` stays.
    """
    return _MARK.sub(_blanked, text.replace("\0", "\N{REPLACEMENT CHARACTER}"))


def _blanked(match: re.Match[str]) -> str:
    if match["raw"] is None:
        return _NO_LINE_END.sub("\0", match[0])
    start, end = match.start("raw") - match.start(), match.end("raw") - match.start()
    before, after = match[0][:start], match[0][end:]
    return _NO_LINE_END.sub("\0", before) + match["raw"] + _NO_LINE_END.sub("\0", after)
