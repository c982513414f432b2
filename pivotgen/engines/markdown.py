"""Markdown: text to safe HTML, with every link, image and heading it holds.

Raw HTML is off. Links inside the site are left as numbered gaps (NUL number NUL) because only the
link stage knows where they lead; `stages/fill.py` puts the addresses in.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from urllib.parse import unquote, urlsplit

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from pivotgen.model.header import Written
from pivotgen.model.pivot import Heading, Mention
from pivotgen.model.problem import Problem

_BREAKS = {"softbreak": "\n", "hardbreak": "\n"}
_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_TAG = re.compile(r"<[^>]*>")
# What can start inline markup, or end a line of it. Text without any is itself.
_MARKED = re.compile(r"[\n\\`~*_\[<&]")
# A line that starts with a letter starts no block, so that it is a paragraph.
_PLAIN_PARAGRAPH = re.compile(r"[^\W\d_][^\n\\`~*_\[<&]*(?<! )")
_RAW = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>|<!--")


@dataclass(frozen=True, slots=True)
class Rendered:
    """What one piece of Markdown became."""

    html: str
    headings: tuple[Heading, ...]


class Page:
    """Renders the pieces of one file, numbering their links in one sequence."""

    def __init__(self, path: str, text: str, taken: Sequence[str] = ()) -> None:
        self.path = path
        self.lines = text.split("\n")
        self.mentions: list[Mention] = []
        self.problems: list[Problem] = []
        self.passages: list[Written] = []
        self._anchors = set(taken)

    def block(self, text: str, first_line: int) -> Rendered:
        """Render blocks; `first_line` is the file's line (from 1) that the text starts on."""
        if _PLAIN_PARAGRAPH.fullmatch(text):
            self.passages.append(Written(text, first_line, 1))
            return Rendered(f"<p>{escapeHtml(text)}</p>\n", ())
        tokens = _engine().parse(text)
        headings = self._headings(tokens, first_line)
        for token in tokens:
            if token.type == "inline" and token.map:
                self._inline(token, first_line + token.map[0], first_line + token.map[1])
        return Rendered(_engine().renderer.render(tokens, _engine().options, {}), headings)

    def inline(self, text: str, line: int) -> str:
        """Render one run of text that starts on `line`."""
        if not _MARKED.search(text):
            self.passages.append(Written(text, line, 1))
            return escapeHtml(text)
        tokens = _engine().parseInline(text)
        for token in tokens:
            self._inline(token, line, line + text.count("\n") + 1)
        return str(_engine().renderer.render(tokens, _engine().options, {}))

    def anchor(self, text: str) -> str:
        """A fragment id made from `text` that nothing else on the page has."""
        base = re.sub(r"[^\w]+", "-", text.lower()).strip("-") or "part"
        name, number = base, 2
        while name in self._anchors:
            name, number = f"{base}-{number}", number + 1
        self._anchors.add(name)
        return name

    def _headings(self, tokens: Sequence[Token], first_line: int) -> tuple[Heading, ...]:
        found: list[Heading] = []
        above = 1
        for number, token in enumerate(tokens):
            if token.type != "heading_open":
                continue
            level = int(token.tag[1])
            line = first_line + (token.map[0] if token.map else 0)
            if level == 1:
                self._fault(
                    line,
                    1,
                    "heading-level",
                    "the title is the page's only top heading",
                    "start this one with ## instead of #",
                )
            elif level > above + 1:
                self._fault(
                    line,
                    1,
                    "heading-level",
                    f"this heading skips level {above + 1}",
                    f"start it with {'#' * (above + 1)}",
                )
            above = level
            text = _text(tokens[number + 1])
            anchor = self.anchor(text)
            token.attrSet("id", anchor)
            found.append(Heading(level, anchor, text))
        return tuple(found)

    def _inline(self, token: Token, first: int, last: int) -> None:
        seen: dict[str, int] = {}
        words = (_BREAKS.get(child.type, child.content) for child in token.children or ())
        self.passages.append(Written("".join(words), first, 1))
        for child in token.children or ():
            if child.type == "text" and (raw := _RAW.search(child.content)):
                line, column = self._find(raw.group(), first, last, 0)
                self._fault(
                    line,
                    column,
                    "raw-html",
                    f"`{raw.group()}` is HTML, not Markdown",
                    "use Markdown, or put it in `backticks` to show it as it is",
                )
            if child.type not in ("link_open", "image"):
                continue
            attribute = "src" if child.type == "image" else "href"
            target = str(child.attrGet(attribute) or "")
            typed = unquote(target)
            line, column = self._find(typed, first, last, seen.get(typed, 0))
            seen[typed] = seen.get(typed, 0) + 1
            scheme = urlsplit(target).scheme.lower()
            if scheme and scheme not in _SCHEMES:
                self._fault(
                    line,
                    column,
                    "link-scheme",
                    f"links may not start with `{scheme}:`",
                    "use https://, mailto: or tel:, or the name of another file",
                )
            elif scheme or target.startswith("//"):
                continue
            else:
                child.attrSet(attribute, f"\0{len(self.mentions)}\0")
                image = child.type == "image"
                self.mentions.append(Mention(typed, line, column, image))

    def _find(self, needle: str, first: int, last: int, skip: int) -> tuple[int, int]:
        for line in range(first, min(last, len(self.lines)) + 1):
            text = self.lines[line - 1]
            at = text.find(needle)
            while at >= 0:
                if skip == 0:
                    return line, at + 1
                skip -= 1
                at = text.find(needle, at + 1)
        return first, 1

    def _fault(self, line: int, column: int, code: str, message: str, hint: str) -> None:
        self.problems.append(Problem(self.path, line, column, code, message, hint))


def plain(text: str) -> str:
    """The text a reader sees in HTML made here, on one line."""
    return " ".join(html.unescape(_TAG.sub("", text)).split())


def _text(inline: Token) -> str:
    """The text a reader sees of one run of tokens."""
    children = inline.children or []
    if all(child.type == "text" for child in children):
        return " ".join("".join(child.content for child in children).split())
    return plain(_engine().renderer.render([inline], _engine().options, {}))


def _parse_inline(state: StateCore) -> None:
    """markdown-it's rule of this name, which leaves out runs of text that hold no markup."""
    for token in state.tokens:
        if token.type != "inline":
            continue
        token.children = []
        if _MARKED.search(token.content):
            state.md.inline.parse(token.content, state.md, state.env, token.children)
        elif token.content:
            token.children.append(Token("text", "", 0, content=token.content))


@cache
def _engine() -> MarkdownIt:
    engine = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    # Without HTML these two never find anything.
    engine.disable(["html_block", "html_inline"])
    engine.core.ruler.at("inline", _parse_inline)
    # Links of every scheme come through, so that a refused one is a problem with a place.
    engine.validateLink = lambda url: True  # type: ignore[method-assign]
    return engine
