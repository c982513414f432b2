"""Plain text: recognises Markdown that can be rendered without the engine, as most text can.

This covers paragraphs and headings of one line, lists of one-line items, simple emphasis and plain
links. A property test checks that the HTML is the same as the engine's, byte for byte.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

# Characters that can start inline markup or a new line, or what only looks like markup.
_MARKUP = re.compile(r"[\n\\`~*_\[<&{@^]")
# What stands at the start of a line in some programs' Markdown. An empty text starts with it too.
_LINE_MARKS = "#:|"
# Emphasis: stars around words, after a blank or at the start, and before a blank, the end or a
# punctuation mark. These can be nothing else by the rules for delimiter runs in CommonMark. Or a
# link: words in square brackets, then an address of plain letters in round brackets.
_SPAN = re.compile(
    r"(?<!\S)\*(\*?)((?![\s*])[^\n\\`~*_\[<&{@^]+(?<!\s))\*\1(?![^\s.,;:!?)”’…])"
    r"|(?<!!)\[([^\n\\`~*_\[\]<&!{@^]+)\]\(([A-Za-z0-9./#:?=-]+)\)"
)
# A list of one-line items that start with a word, without blank lines between them.
_ITEM = r"- \*{0,2}[^\W\d_][^\n]*(?<![ \t])"
LIST = re.compile(rf"{_ITEM}(?:\n{_ITEM})*")
# A heading without markup, and without closing number signs, which Markdown would not show.
_HEADING = re.compile(r"(#{1,6}) ([^\W\d_](?:[^\n\\`~*_\[<&{@^#]*[^\n\\`~*_\[<&{@^# \t])?)")
# A line with a definition can make a term of the line above it, also across a blank line.
_DEFINITION = re.compile(r"\n[ \t]*[:~][ \t]")


def heading_of(line: str) -> tuple[int, str] | None:
    """The level and the text of a heading without markup, or None."""
    # Most lines are none, and the first character says so.
    match = _HEADING.fullmatch(line) if line[:1] == "#" else None
    return (len(match[1]), match[2]) if match and not _looks_like_markup(match[2]) else None


def split_pieces(text: str) -> Iterator[tuple[str, int, bool]]:
    """Split a text into pieces that can be rendered on their own.

    Yields each piece, the line it starts on (from 0), and whether it is a heading or a paragraph of
    one line. Such a line between blank lines does not depend on the text around it, unless the
    text has fenced code or definitions: then the whole text is one piece. All other lines between
    two single lines form one piece.
    """
    if "```" in text or "~~~" in text or "]:" in text or _DEFINITION.search(text):
        yield text, 0, False
        return
    if "\n" not in text and _is_single(text):
        # Most answers are one line.
        yield text, 0, True
        return
    rest: list[str] = []
    lines = text.split("\n")
    for number, line in enumerate(lines):
        is_single = (
            _is_single(line)
            and (number == 0 or not lines[number - 1].strip())
            and (number + 1 == len(lines) or not lines[number + 1].strip())
        )
        if not is_single:
            # Empty lines at the start of a piece are left out.
            if line or rest:
                rest.append(line)
            continue
        if rest:
            yield from _rest(rest, number)
            rest = []
        yield line, number, True
    yield from _rest(rest, len(lines))


def _is_single(line: str) -> bool:
    """Whether a line is a block of its own when there is nothing above and below it."""
    # A line that starts with a letter can start no block other than a paragraph.
    is_paragraph = line[:1].isalpha() and line[-1] not in " \t"
    return is_paragraph or heading_of(line) is not None


def _rest(lines: list[str], end: int) -> Iterator[tuple[str, int, bool]]:
    """Yield the lines before line `end` as one piece, without empty lines around them."""
    start = end - len(lines)
    while lines and not lines[-1]:
        lines.pop()
    blank = next((at for at, line in enumerate(lines) if line), len(lines))
    if lines[blank:]:
        yield "\n".join(lines[blank:]), start + blank, False


class Span(NamedTuple):
    """A part of a text, its HTML element ("" for none), and the target when it is a link."""

    words: str
    tag: str = ""
    target: str = ""


def spans_of(text: str) -> list[Span] | None:
    """Return the spans of a text whose only markup is plain emphasis and plain links.

    A text without markup is one span. None when the text may have other markup.
    """
    if text[:1] in _LINE_MARKS:
        return None
    spans: list[Span] = []
    end = 0
    while mark := _MARKUP.search(text, end):
        match = _SPAN.match(text, mark.start())
        if match is None:
            return None
        second_star, stressed, words, target = match.groups()
        spans.append(Span(text[end : match.start()]))
        if target:
            spans.append(Span(words, "a", target))
        else:
            spans.append(Span(stressed, "strong" if second_star else "em"))
        end = match.end()
    spans.append(Span(text[end:]))
    if _looks_like_markup(text) and _looks_like_markup("".join([span.words for span in spans])):
        return None
    return spans


def _looks_like_markup(text: str) -> bool:
    """Whether a text has a pair of characters that is markup elsewhere, or an address."""
    return "://" in text or "%%" in text or "==" in text
