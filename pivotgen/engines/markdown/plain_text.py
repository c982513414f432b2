"""Plain text: Markdown that can be rendered without the engine, as most of it can.

A paragraph, a heading, a list of one-line items, simple emphasis and plain links give the very
bytes that the engine would give; a property test holds them to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

# What can start inline markup, or end a line of it. Text without any is itself.
MARKED = re.compile(r"[\n\\`~*_\[<&]")
# Stars around words, with a blank before and a blank, the end or a mark of punctuation behind: by
# CommonMark's rules for delimiter runs these can only be emphasis. And words in brackets before an
# address of plain letters in round ones: a link.
_SPAN = re.compile(
    r"(?<!\S)(\*\*?)((?![\s*])[^\n\\`~*_\[<&]+(?<!\s))\1(?![^\s.,;:!?)”’…])"
    r"|(?<!!)\[([^\n\\`~*_\[\]<&!]+)\]\(([A-Za-z0-9./#:?=-]+)\)"
)
# A line that starts with a letter starts no other block, so it is a paragraph.
_PARAGRAPH = re.compile(r"[^\W\d_][^\n]*(?<![ \t])")
# Items of one line each that start with a word: a list without blank lines.
_ITEM = r"- \*{0,2}[^\W\d_][^\n]*(?<![ \t])"
LIST = re.compile(rf"{_ITEM}(?:\n{_ITEM})*")
# A heading that holds no markup, and no marks at its end that would not be shown.
HEADING = re.compile(r"(#{1,6}) ([^\W\d_](?:[^\n\\`~*_\[<&#]*[^\n\\`~*_\[<&# \t])?)")


def pieces(text: str) -> Iterator[tuple[str, int, bool]]:
    """The text in pieces that can be rendered one by one, each with the line it starts on (from 0),
    and whether it is a heading or a paragraph of one line.

    Most text is headings and paragraphs of one line. One that stands between blank lines is
    itself whatever comes before and after, unless code is fenced or links are defined elsewhere
    in the text; then, and for every other kind of block, the piece is whatever lies between.
    """
    if "```" in text or "~~~" in text or "]:" in text:
        yield text, 0, False
        return
    rest: list[str] = []
    lines = text.split("\n")
    for number, line in enumerate(lines):
        alone = (
            (_PARAGRAPH.fullmatch(line) or HEADING.fullmatch(line))
            and (number == 0 or not lines[number - 1].strip())
            and (number + 1 == len(lines) or not lines[number + 1].strip())
        )
        if not alone:
            # Blank lines before anything else belong to nothing.
            if line or rest:
                rest.append(line)
            continue
        if rest:
            yield from _rest(rest, number)
            rest = []
        yield line, number, True
    yield from _rest(rest, len(lines))


def _rest(lines: list[str], end: int) -> Iterator[tuple[str, int, bool]]:
    """Lines that stand before line `end`, as a piece without the empty ones around them."""
    start = end - len(lines)
    while lines and not lines[-1]:
        lines.pop()
    blank = next((at for at, line in enumerate(lines) if line), len(lines))
    if lines[blank:]:
        yield "\n".join(lines[blank:]), start + blank, False


class Span(NamedTuple):
    """A stretch of text, the element it stands in ("" for none), and where a link leads."""

    words: str
    tag: str = ""
    target: str = ""


def spans_of(text: str) -> list[Span] | None:
    """The stretches of a text without markup but for plain emphasis and plain links; None when
    there may be more to it."""
    spans: list[Span] = []
    done = 0
    for match in _SPAN.finditer(text):
        stars, stressed, words, target = match.groups()
        spans.append(Span(text[done : match.start()]))
        if target:
            spans.append(Span(words, "a", target))
        else:
            spans.append(Span(stressed, "strong" if len(stars) == 2 else "em"))
        done = match.end()
    spans.append(Span(text[done:]))
    return None if any(MARKED.search(span.words) for span in spans[::2]) else spans
