"""Marks that reach readers: what was meant as Markdown, and stands in the text as it was typed.

A link of this kind is lost, which is an error. Other marks are noted for the rules of quality. Code
and escaped characters are never looked at: there a mark is meant to be seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from pivotgen.model.lazy_dataclass import dataclass

# Stands for what is no typed text: code, escapes, and the ends of emphasis and of links.
_HIDDEN = "\0"
_BREAKS = frozenset({"softbreak", "hardbreak"})
# Links that the engine found in plain text; nothing was typed to make them links.
_BARE = frozenset({"linkify"})
# What is told of one paragraph at most.
_MOST = 20
# An address as people write it, in round brackets beside words in square ones.
_ADDRESS = (
    r"https?://[^\s()]+|mailto:[^\s()]+|\#[^\s()]+|/(?:[\w.-]+/)*[\w.-]+\.\w+|/(?:[\w.-]+/)+"
    r"|[^\s()]+\.(?:md|html?|pdf|png|jpe?g|gif|svg|webp)(?:\#[^\s()]*)?"
)
_WORDS = r"!?\[[^\[\]\n]*\]"
# Every repetition stops at a character that can start a match, so that the work grows with the
# length of the text alone.
_LOST_LINK = re.compile(
    rf"""
    (?P<wiki>!?\[\[[^\[\]\n]+\]\])
    |{_WORDS}\((?P<blank>[^()<>"\n]*[^()<>"\s])(?:[ ]+"[^"\n]*")?[ ]*\)
    |{_WORDS}(?P<gap>[ ]+)\((?:{_ADDRESS})\)
    |\((?P<swapped>[^()\[\]\n]+)\)\[(?P<address>https?://[^\[\]\s]+|[^\[\]\s]+\.md(?:\#[^\[\]\s]*)?)\]
    |(?P<unclosed>\]\([^()\n]*(?:\n|$))
    |(?P<broken>\]\()
    |(?P<note>\[\^[^\[\]\s]+\])
    |(?<![\w\]])!?\[[^\[\]\n^][^\[\]\n]*\]\[(?P<reference>(?!\^)[^\[\]\n]*)\]
    """,
    re.X,
)
_OTHER = re.compile(
    r"""
    (?P<comment>%%[^%]+%%)
    |(?P<shortcode>\{\{[^{}\n]*\}\}|\{%[^{}\n]*%\})
    |(?P<attributes>\{:?[ ]?[.\#][\w-][^{}\n]*\}|\{:[^{}\n]+\})
    |(?P<callout>^\[![A-Za-z]+\])
    |(?P<strong>\*\*)
    |(?P<strikethrough>~~)
    |(?P<code>`)
    |(?P<highlight>(?<![=\w])==[^=\s][^=\n]*==(?![=\w]))
    |(?P<inline_note>\^\[[^\[\]\n]+\])
    |(?P<heading>^\#{2,6}(?=[^\s\#\0]))
    |(?P<container>^:{3,})
    |(?P<contents>^\[TOC\]$)
    |(?P<task>^\[[ xX]\](?=[ ]))
    |(?P<table>^\|[^\n]+\|[ ]*$)
    """,
    re.X | re.M,
)
_RAW_HTML = re.compile(r"(?<!\{\{)</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>|<!--")
# One of these characters stands in every match of the patterns above but containers and tables.
_SUSPICIOUS = re.compile(r"[\]{`~%=^#<]|\*\*")


@dataclass(frozen=True, slots=True)
class Remains:
    """Something in a paragraph that was meant as Markdown and is none."""

    # "raw-html", "lost-link" or "mark".
    sort: str
    # Which of the patterns it is.
    kind: str
    # All of it as it was typed, and the part that matters for a fix, or "".
    text: str
    part: str
    # Where to look for it: lines down from the start of the paragraph, and how many like it stand
    # before it on that line.
    line: int
    skip: int


@dataclass(frozen=True, slots=True)
class Typed:
    """The text of a paragraph without its markup, twice, so that places in both are the same."""

    # Code, escaped characters, and the ends of emphasis and of links are hidden.
    visible: str
    # Code and escapes stand there as they were typed.
    shown: str


def typed(children: Sequence[Token]) -> Typed:
    """The text of a paragraph, from its tokens before escaped characters join the rest."""
    visible: list[str] = []
    shown: list[str] = []
    for child in children:
        if child.type == "text":
            visible.append(child.content)
            shown.append(child.content)
        elif child.type in _BREAKS:
            visible.append("\n")
            shown.append("\n")
        elif child.type == "text_special":
            visible.append(_HIDDEN * len(child.markup))
            shown.append(child.markup)
        elif child.type == "code_inline":
            code = f"{child.markup}{child.content}{child.markup}"
            visible.append(_HIDDEN * len(code))
            shown.append(code)
        elif child.markup not in _BARE:
            visible.append(_HIDDEN)
            shown.append(_HIDDEN)
    return Typed("".join(visible), "".join(shown))


def remains(text: Typed) -> Iterator[Remains]:
    """What was meant as Markdown in a paragraph and is none, the lost links first."""
    visible = text.visible
    if not (_SUSPICIOUS.search(visible) or visible.startswith((":::", "|")) or "\n|" in visible):
        return
    if "<" in visible:
        yield from _matches("raw-html", _RAW_HTML, text)
    if "]" in visible:
        yield from _matches("lost-link", _LOST_LINK, text)
    yield from _matches("mark", _OTHER, text)


def _matches(sort: str, pattern: re.Pattern[str], text: Typed) -> Iterator[Remains]:
    seen: set[str] = set()
    for number, match in enumerate(pattern.finditer(text.visible)):
        if number == _MOST:
            return
        kind = match.lastgroup or ""
        start = match.start()
        line_start = text.visible.rfind("\n", 0, start) + 1
        if kind == "blank" and " " not in match[kind].strip():
            kind = "broken"
        if kind in ("unclosed", "broken"):
            # The words of the link stand before it.
            start = text.visible.rfind("[", line_start, start)
            if start < 0:
                continue
        # The second of two is often the end of the first: of bold text, or of an element.
        if kind in seen and (sort == "mark" or match.group().startswith("</")):
            continue
        seen.add(kind)
        shown = text.visible[start : match.end()].partition("\n")[0].partition(_HIDDEN)[0]
        if not shown:
            continue
        part = match[kind] if kind in ("blank", "gap", "reference") else ""
        if kind == "address":
            kind, part = "swapped", f"[{match['swapped']}]({match['address']})"
        yield Remains(
            sort=sort,
            kind=kind,
            text=shown,
            part=part,
            line=text.visible.count("\n", 0, start),
            skip=text.shown.count(shown, line_start, start),
        )
