"""Markdown page: renders the Markdown of one file to safe HTML and records what it contains.

Raw HTML is off. The address of a link inside the site becomes a numbered link placeholder (NUL
number NUL), because only the link stage knows it. The views of pages fill the placeholders.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token

from pivotgen.engines.markdown.engine import engine
from pivotgen.engines.markdown.plain_text import HEADING, LIST, MARKUP, Span, spans_of, split_pieces
from pivotgen.engines.markdown.source_lines import SourceLines
from pivotgen.model.address import readable
from pivotgen.model.header import Written
from pivotgen.model.pivot import Heading, Hyperlink, Mention
from pivotgen.model.problem import Problem

_BREAKS = {"softbreak": "\n", "hardbreak": "\n"}
_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_TAG = re.compile(r"<[^>]*>")
_BETWEEN_WORDS = re.compile(r"\W+")
_RAW_HTML = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>|<!--")


@dataclass(frozen=True, slots=True)
class Rendered:
    """The HTML of one piece of Markdown, and its headings."""

    html: str
    headings: tuple[Heading, ...]


class MarkdownPage:
    """Renders the pieces of one file. Their link placeholders share one sequence of numbers.

    `taken` are fragment ids that headings may not get.
    """

    def __init__(self, path: str, text: str, taken: Sequence[str] = ()) -> None:
        self.path = path
        # Links and images inside the site, by the number of their placeholder.
        self.mentions: list[Mention] = []
        self.problems: list[Problem] = []
        # The texts of paragraphs, headings and list items, without markup.
        self.passages: list[Written] = []
        # All links and images.
        self.links: list[Hyperlink] = []
        self.heading_lines: list[int] = []
        self._lines = SourceLines(text)
        self._anchors = set(taken)
        # The next number to try for a text that many headings have.
        self._numbers: dict[str, int] = {}
        # The level of the last heading; 1 before the first.
        self._level = 1

    def render_blocks(self, text: str, first_line: int) -> Rendered:
        """Render blocks of Markdown; the text starts on line `first_line` of the file (from 1)."""
        parts: list[str] = []
        headings: list[Heading] = []
        self._level = 1
        for piece, offset, is_single_line in split_pieces(text):
            line = first_line + offset
            if is_single_line and (match := HEADING.fullmatch(piece)):
                heading = self._heading(len(match[1]), match[2], line)
                headings.append(heading)
                self.passages.append(Written(match[2], line, 1))
                inner = escapeHtml(match[2])
                parts.append(
                    f'<h{heading.level} id="{heading.anchor}">{inner}</h{heading.level}>\n'
                )
            elif is_single_line:
                parts.append(f"<p>{self.render_inline(piece, line)}</p>\n")
            elif LIST.fullmatch(piece):
                items = (
                    self.render_inline(item[2:], number)
                    for number, item in enumerate(piece.split("\n"), line)
                )
                parts += ["<ul>\n", *(f"<li>{item}</li>\n" for item in items), "</ul>\n"]
            else:
                rendered = self._any_blocks(piece, line)
                headings += rendered.headings
                parts.append(rendered.html)
        return Rendered("".join(parts), tuple(headings))

    def render_inline(self, text: str, line: int) -> str:
        """Render a text without blocks that starts on `line`; return its HTML."""
        if not MARKUP.search(text):
            self.passages.append(Written(text, line, 1))
            return escapeHtml(text)
        if (spans := spans_of(text)) is not None:
            return self._spans(spans, line)
        tokens = engine().parseInline(text)
        for token in tokens:
            self._record(token, line)
        return str(engine().renderer.render(tokens, engine().options, {}))

    def new_anchor(self, text: str) -> str:
        """Return a fragment id for `text` that the page does not have yet, and reserve it."""
        base = _BETWEEN_WORDS.sub("-", text.lower()).strip("-") or "part"
        name, number = base, self._numbers.get(base, 2)
        while name in self._anchors:
            name, number = f"{base}-{number}", number + 1
        self._numbers[base] = number
        self._anchors.add(name)
        return name

    def _heading(self, level: int, text: str, line: int) -> Heading:
        self.heading_lines.append(line)
        if level == 1:
            self._report(
                (line, 1),
                "heading-level",
                "the title is the page's only top heading",
                "start this one with ## instead of #",
            )
        elif level > self._level + 1:
            self._report(
                (line, 1),
                "heading-level",
                f"this heading skips level {self._level + 1}",
                f"start it with {'#' * (self._level + 1)}",
            )
        self._level = level
        return Heading(level, self.new_anchor(text), text)

    def _any_blocks(self, text: str, first_line: int) -> Rendered:
        """Render blocks of every kind with the engine."""
        tokens = engine().parse(text)
        headings: list[Heading] = []
        for number, token in enumerate(tokens):
            line = first_line + (token.map[0] if token.map else 0)
            if token.type == "heading_open":
                heading = self._heading(int(token.tag[1]), _visible_text(tokens[number + 1]), line)
                token.attrSet("id", heading.anchor)
                headings.append(heading)
            elif token.type == "inline" and token.map:
                self._record(token, line)
        html_ = engine().renderer.render(tokens, engine().options, {})
        return Rendered(html_, tuple(headings))

    def _spans(self, spans: Sequence[Span], line: int) -> str:
        self.passages.append(Written("".join([span.words for span in spans]), line, 1))
        seen: dict[str, int] = {}
        parts = []
        for words, tag, target in spans:
            attribute = ""
            if target:
                address = self._link(words, engine().normalizeLink(target), line, seen)
                attribute = f' href="{escapeHtml(address)}"'
            inner = escapeHtml(words)
            parts.append(f"<{tag}{attribute}>{inner}</{tag}>" if tag else inner)
        return "".join(parts)

    def _record(self, token: Token, first_line: int) -> None:
        """Record the text, the links and the raw HTML of one paragraph, and set its addresses."""
        seen: dict[str, int] = {}
        children = token.children or ()
        words = (_BREAKS.get(child.type, child.content) for child in children)
        self.passages.append(Written("".join(words), first_line, 1))
        for number, child in enumerate(children):
            if child.type == "text" and (tag := _RAW_HTML.search(child.content)):
                self._report(
                    self._lines.find(tag.group(), first_line) or (first_line, 1),
                    "raw-html",
                    f"`{tag.group()}` is HTML, not Markdown",
                    "use Markdown, or put it in `backticks` to show it as it is",
                )
            if child.type not in ("link_open", "image"):
                continue
            is_image = child.type == "image"
            attribute = "src" if is_image else "href"
            text = child.content if is_image else _link_text(children, number)
            target = str(child.attrGet(attribute) or "")
            child.attrSet(attribute, self._link(text, target, first_line, seen, is_image=is_image))

    def _link(
        self,
        text: str,
        target: str,
        first_line: int,
        seen: dict[str, int],
        *,
        is_image: bool = False,
    ) -> str:
        """Record a link or an image; return its address in the HTML, or its placeholder.

        Its paragraph starts on `first_line`. `seen` counts the targets of that paragraph so far.
        """
        typed = readable(target)
        line, column = self._lines.find_target(typed, first_line, seen.get(typed, 0))
        if typed != target and column == 1:
            # It was typed percent-encoded.
            line, column = self._lines.find_target(target, first_line, seen.get(typed, 0))
        seen[typed] = seen.get(typed, 0) + 1
        self.links.append(Hyperlink(text, target, line, column, is_image))
        scheme = urlsplit(target).scheme.lower()
        if scheme and scheme not in _SCHEMES:
            self._report(
                (line, column),
                "link-scheme",
                f"links may not start with `{scheme}:`",
                "use https://, mailto: or tel:, or the name of another file",
            )
        elif not scheme and not target.startswith("//"):
            self.mentions.append(Mention(typed, line, column, is_image))
            return f"\0{len(self.mentions) - 1}\0"
        return target

    def _report(self, place: tuple[int, int], code: str, message: str, hint: str) -> None:
        self.problems.append(Problem(self.path, *place, code, message, hint))


def code_lines(text: str) -> set[int]:
    """Return the lines (from 0) of code blocks, where every blank has a meaning."""
    tokens = engine().parse(text)
    blocks = (token.map for token in tokens if token.type in ("fence", "code_block"))
    return {line for block in blocks if block for line in range(*block)}


def text_of_html(rendered: str) -> str:
    """Return the visible text of HTML that this module made, on one line."""
    return " ".join(html.unescape(_TAG.sub("", rendered)).split())


def _visible_text(inline: Token) -> str:
    """Return the visible text of an inline token, on one line."""
    children = inline.children or []
    if all(child.type == "text" for child in children):
        return " ".join("".join(child.content for child in children).split())
    return text_of_html(engine().renderer.render([inline], engine().options, {}))


def _link_text(children: Sequence[Token], opening: int) -> str:
    """Return the text between the opening of a link and its end."""
    words: list[str] = []
    for child in children[opening + 1 :]:
        if child.type == "link_close":
            break
        words.append(_BREAKS.get(child.type, child.content))
    return "".join(words)
