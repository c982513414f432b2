"""Markdown page: renders the Markdown of one file to safe HTML and records what it contains.

Raw HTML is off. The address of a link inside the site becomes a numbered link placeholder (NUL
number NUL), because only the link stage knows it. A word of the site's language becomes a phrase
placeholder (NUL name NUL). The views of pages fill both.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token
from markdown_it.utils import EnvType

from pivotgen.engines.markdown.elements import is_title, set_alignment, set_elements
from pivotgen.engines.markdown.engine import Markdown, packaged, words_of
from pivotgen.engines.markdown.footnotes import lost_notes, set_notes
from pivotgen.engines.markdown.images import ImageLoading
from pivotgen.engines.markdown.marks import remains
from pivotgen.engines.markdown.page_contents import PageContents
from pivotgen.engines.markdown.plain_text import (
    LIST,
    Span,
    heading_of,
    spans_of,
    split_pieces,
)
from pivotgen.engines.markdown.visible_text import on_one_line, text_of_html
from pivotgen.model.header import Written
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.pivot import Heading, Mark
from pivotgen.model.problem import Problem

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Rendered:
    """The HTML of one piece of Markdown, and its headings."""

    html: str
    headings: tuple[Heading, ...]


class MarkdownPage:
    """Renders the pieces of one file. Their link placeholders share one sequence of numbers.

    `taken` are fragment ids that headings may not get. All that renders raises PluginError when a
    plugin of the site fails.
    """

    def __init__(
        self, path: str, text: str, taken: Sequence[str] = (), markdown: Markdown | None = None
    ) -> None:
        self.contents = PageContents(path, text)
        self._markdown = markdown or packaged()
        self._anchors = set(taken)
        # The next number to try for a text that many headings have.
        self._numbers: dict[str, int] = {}
        # How many footnotes the texts so far have.
        self._notes = 0
        # The level of the last heading; 1 before the first.
        self._level = 1
        self._loading = ImageLoading()

    def render_blocks(self, text: str, first_line: int) -> Rendered:
        """Render blocks of Markdown; the text starts on line `first_line` of the file (from 1)."""
        self._level = 1
        if not self._markdown.shortcut:
            return self._any_blocks(text, first_line)
        parts: list[str] = []
        headings: list[Heading] = []
        for piece, offset, is_single_line in split_pieces(text):
            line = first_line + offset
            if is_single_line and (level_and_text := heading_of(piece)):
                level, words = level_and_text
                self.contents.passages.append(Written(words, line, 1))
                words = self._markdown.quoted_text(words)
                heading = self._heading(level, on_one_line(words), line)
                headings.append(heading)
                inner = _escaped(words)
                parts.append(
                    f'<h{heading.level} id="{heading.anchor}">{inner}</h{heading.level}>\n'
                )
            elif is_single_line:
                parts.append(f"<p>{self._inline(piece, line)}</p>\n")
            elif LIST.fullmatch(piece):
                items = (
                    self._inline(item[2:], number)
                    for number, item in enumerate(piece.split("\n"), line)
                )
                parts += ["<ul>\n", *(f"<li>{item}</li>\n" for item in items), "</ul>\n"]
            else:
                rendered = self._any_blocks(piece, line)
                headings += rendered.headings
                parts.append(rendered.html)
        return Rendered("".join(parts), tuple(headings))

    def render_inline(self, text: str, line: int) -> str:
        """Render a text that can have no blocks and starts on `line`; return its HTML."""
        return self._inline(text, line, has_blocks=False)

    def _inline(self, text: str, line: int, *, has_blocks: bool = True) -> str:
        if self._markdown.shortcut and (spans := spans_of(text)) is not None:
            return self._spans(spans, line)
        env: EnvType = {}
        tokens = self._markdown.parse(text, env, inline=True)
        if "&" in text:
            self.contents.record_codes(tokens, text, line)
        for token in tokens:
            self._record(token, line, has_blocks=has_blocks)
        return self._markdown.render(tokens, env)

    def quoted(self, written: Written) -> str:
        """A text that is no Markdown as readers see it: with the quotation marks of the site."""
        text = written.text
        return self._markdown.quoted_text(text) if '"' in text or "'" in text else text

    def new_anchor(self, text: str) -> str:
        """Return a fragment id for `text` that the page does not have yet, and reserve it."""
        base = "-".join(_WORD.findall(text.lower())) or "part"
        name, number = base, self._numbers.get(base, 2)
        while name in self._anchors:
            name, number = f"{base}-{number}", number + 1
        self._numbers[base] = number
        self._anchors.add(name)
        return name

    def _heading(self, level: int, text: str, line: int) -> Heading:
        self.contents.heading_lines.append(line)
        if level == 1:
            message = "the title is the page's only top heading"
            hint = "start this one with ## instead of #"
        elif level > self._level + 1:
            message = f"this heading skips level {self._level + 1}"
            hint = f"start it with {'#' * (self._level + 1)}"
        else:
            message = hint = ""
        if message:
            place = self.contents.path, line, 1
            self.contents.problems.append(Problem(*place, "heading-level", message, hint))
        self._level = level
        return Heading(level, self.new_anchor(text), text)

    def _any_blocks(self, text: str, first_line: int) -> Rendered:
        """Render blocks of every kind with the engine."""
        env: EnvType = {}
        tokens = self._markdown.parse(text, env)
        if "&" in text:
            self.contents.record_codes(tokens, text, first_line)
        if "[" in text:
            # Callouts and tasks begin with it.
            set_elements(tokens)
        if "|" in text:
            set_alignment(tokens)
        headings: list[Heading] = []
        for number, token in enumerate(tokens):
            line = first_line + (token.map[0] if token.map else 0)
            if token.type == "heading_open":
                heading = self._heading(int(token.tag[1]), self._visible(tokens[number + 1]), line)
                token.attrSet("id", heading.anchor)
                headings.append(heading)
            elif token.type == "inline" and not is_title(tokens, number):
                self._record(token, line)
            elif token.type in ("fence", "code_block"):
                self.contents.code.append(token.content)
        if "footnotes" in env:
            self._notes += set_notes(tokens, self._notes, self.new_anchor)
        for note in lost_notes(env):
            kind = "repeated-note" if note.is_repeated else "unused-note"
            place = self.contents.lines.find(f"[^{note.label}]:", first_line + note.line)
            self.contents.marks.append(
                Mark(kind, note.label, *(place or (first_line + note.line, 1)))
            )
        return Rendered(self._markdown.render(tokens, env), tuple(headings))

    def _visible(self, inline: Token) -> str:
        """Return the visible text of an inline token, on one line."""
        children = [child for child in inline.children or () if child.type != "footnote_ref"]
        if all(child.type == "text" for child in children):
            return on_one_line("".join(child.content for child in children))
        shown = Token("inline", "", 0, content=inline.content, children=children)
        return text_of_html(self._markdown.render([shown], {}))

    def _spans(self, spans: Sequence[Span], line: int) -> str:
        if len(spans) == 1:
            text = spans[0].words
            self.contents.passages.append(Written(text, line, 1))
            return _escaped(self._markdown.quoted_text(text))
        self.contents.passages.append(Written("".join([span.words for span in spans]), line, 1))
        seen: dict[str, int] = {}
        parts = []
        for span, (words, tag, target) in zip(
            spans, self._markdown.quoted_spans(spans), strict=True
        ):
            attribute = ""
            if target:
                href = self._markdown.parser.normalizeLink(target)
                address = self.contents.address_of(span.words, href, line, seen)
                attribute = f' href="{escapeHtml(address)}"'
            inner = _escaped(words)
            parts.append(f"<{tag}{attribute}>{inner}</{tag}>" if tag else inner)
        return "".join(parts)

    def _record(self, token: Token, first_line: int, *, has_blocks: bool = True) -> None:
        """Record the text, links and remains of one paragraph, and set its addresses."""
        seen: dict[str, int] = {}
        children = token.children or []
        words = token.meta.get("words")
        self.contents.passages.append(
            Written(words_of(children) if words is None else words, first_line, 1)
        )
        if "typed" in token.meta:
            for remaining in remains(token.meta["typed"]):
                self.contents.record_remains(remaining, first_line, has_blocks=has_blocks)
        for child in children:
            if child.type not in ("link_open", "image"):
                continue
            is_image = child.type == "image"
            attribute = "src" if is_image else "href"
            text = child.content if is_image else child.meta.get("words", "")
            target = str(child.attrGet(attribute) or "")
            if is_image:
                self._loading.set_attributes(child, self.contents.passages[:-1])
            child.attrSet(
                attribute,
                self.contents.address_of(text, target, first_line, seen, is_image=is_image),
            )


def code_lines(text: str) -> set[int]:
    """Return the lines (from 0) of code blocks, where every blank has a meaning."""
    tokens = packaged().parse(text, {})
    blocks = (token.map for token in tokens if token.type in ("fence", "code_block"))
    return {line for block in blocks if block for line in range(*block)}


def lines_of_code(text: str) -> set[int]:
    """Return the lines (from 0) of blocks of code in a whole file; its header has none."""
    lines = text.split("\n")
    closing = (number for number, line in enumerate(lines) if number and line.rstrip() == "---")
    start = next(closing, len(lines) - 1) + 1
    return {start + number for number in code_lines("\n".join(lines[start:]))}


def _escaped(text: str) -> str:
    """A text that needs no engine as HTML; it has no `&` and no `<`, which could be markup."""
    return escapeHtml(text) if '"' in text or ">" in text else text
