"""Markdown: text to safe HTML, with every link, image and heading it holds.

Raw HTML is off. Links inside the site are left as numbered gaps (NUL number NUL) because only the
link stage knows where they lead; the views of pages put the addresses in.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote, urlsplit

from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token

from pivotgen.engines.markdown.engine import engine
from pivotgen.engines.markdown.plain_text import HEADING, LIST, MARKED, pieces, spans_of
from pivotgen.model.header import Written
from pivotgen.model.pivot import Heading, Hyperlink, Mention
from pivotgen.model.problem import Problem

# What follows the target of a link: one target can be the beginning of another.
_TARGET_ENDS = ")> \t"
_BREAKS = {"softbreak": "\n", "hardbreak": "\n"}
_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
# Lines of the longest paragraph whose links are still told at their exact place.
_REACH = 200
_TAG = re.compile(r"<[^>]*>")
_BETWEEN_WORDS = re.compile(r"\W+")
_RAW = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>|<!--")


@dataclass(frozen=True, slots=True)
class Rendered:
    """What one piece of Markdown became."""

    html: str
    headings: tuple[Heading, ...]


class MarkdownPage:
    """Renders the pieces of one file, numbering their links in one sequence."""

    def __init__(self, path: str, text: str, taken: Sequence[str] = ()) -> None:
        self.path = path
        self.text = text
        self.mentions: list[Mention] = []
        self.problems: list[Problem] = []
        self.passages: list[Written] = []
        self.links: list[Hyperlink] = []
        self.heading_lines: list[int] = []
        self._anchors = set(taken)
        # Level of the last heading; what stands above the first one counts as the top.
        self._above = 1

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the file; only a text with links is looked through."""
        return self.text.split("\n")

    def block(self, text: str, first_line: int) -> Rendered:
        """Render blocks; `first_line` is the file's line (from 1) that the text starts on."""
        parts: list[str] = []
        headings: list[Heading] = []
        self._above = 1
        for piece, offset, alone in pieces(text):
            line = first_line + offset
            if alone and (heading := HEADING.fullmatch(piece)):
                found = self._heading(len(heading[1]), heading[2], line)
                headings.append(found)
                self.passages.append(Written(heading[2], line, 1))
                inner = escapeHtml(heading[2])
                parts.append(f'<h{found.level} id="{found.anchor}">{inner}</h{found.level}>\n')
            elif alone:
                parts.append(f"<p>{self.inline(piece, line)}</p>\n")
            elif LIST.fullmatch(piece):
                items = (
                    self.inline(item[2:], at) for at, item in enumerate(piece.split("\n"), line)
                )
                parts += ["<ul>\n", *(f"<li>{item}</li>\n" for item in items), "</ul>\n"]
            else:
                rendered = self._blocks(piece, line)
                headings += rendered.headings
                parts.append(rendered.html)
        return Rendered("".join(parts), tuple(headings))

    def inline(self, text: str, line: int) -> str:
        """Render one run of text that starts on `line`."""
        if not MARKED.search(text):
            self.passages.append(Written(text, line, 1))
            return escapeHtml(text)
        if (spans := spans_of(text)) is not None:
            self.passages.append(Written("".join([span.words for span in spans]), line, 1))
            seen: dict[str, int] = {}
            parts = []
            for words, tag, target in spans:
                attribute = ""
                if target:
                    leads = self._link(words, engine().normalizeLink(target), line, seen)
                    attribute = f' href="{escapeHtml(leads)}"'
                inner = escapeHtml(words)
                parts.append(f"<{tag}{attribute}>{inner}</{tag}>" if tag else inner)
            return "".join(parts)
        tokens = engine().parseInline(text)
        for token in tokens:
            self._inline(token, line)
        return str(engine().renderer.render(tokens, engine().options, {}))

    def anchor(self, text: str) -> str:
        """A fragment id made from `text` that nothing else on the page has."""
        base = _BETWEEN_WORDS.sub("-", text.lower()).strip("-") or "part"
        name, number = base, 2
        while name in self._anchors:
            name, number = f"{base}-{number}", number + 1
        self._anchors.add(name)
        return name

    def _blocks(self, text: str, first_line: int) -> Rendered:
        """Render blocks of every kind."""
        tokens = engine().parse(text)
        headings: list[Heading] = []
        for number, token in enumerate(tokens):
            line = first_line + (token.map[0] if token.map else 0)
            if token.type == "heading_open":
                heading = self._heading(int(token.tag[1]), _text(tokens[number + 1]), line)
                token.attrSet("id", heading.anchor)
                headings.append(heading)
            elif token.type == "inline" and token.map:
                self._inline(token, line)
        html_ = engine().renderer.render(tokens, engine().options, {})
        return Rendered(html_, tuple(headings))

    def _heading(self, level: int, text: str, line: int) -> Heading:
        self.heading_lines.append(line)
        if level == 1:
            self._fault(
                line,
                1,
                "heading-level",
                "the title is the page's only top heading",
                "start this one with ## instead of #",
            )
        elif level > self._above + 1:
            self._fault(
                line,
                1,
                "heading-level",
                f"this heading skips level {self._above + 1}",
                f"start it with {'#' * (self._above + 1)}",
            )
        self._above = level
        return Heading(level, self.anchor(text), text)

    def _inline(self, token: Token, first: int) -> None:
        seen: dict[str, int] = {}
        words = (_BREAKS.get(child.type, child.content) for child in token.children or ())
        self.passages.append(Written("".join(words), first, 1))
        for at, child in enumerate(token.children or ()):
            if child.type == "text" and (raw := _RAW.search(child.content)):
                line, column = self._find(raw.group(), first, 0) or (first, 1)
                self._fault(
                    line,
                    column,
                    "raw-html",
                    f"`{raw.group()}` is HTML, not Markdown",
                    "use Markdown, or put it in `backticks` to show it as it is",
                )
            if child.type not in ("link_open", "image"):
                continue
            image = child.type == "image"
            attribute = "src" if image else "href"
            text = child.content if image else _words(token.children or (), at)
            target = str(child.attrGet(attribute) or "")
            child.attrSet(attribute, self._link(text, target, first, seen, image=image))

    def _link(
        self, text: str, target: str, first: int, seen: dict[str, int], *, image: bool = False
    ) -> str:
        """Take note of a link or an image in the paragraph that starts on line `first`, of whose
        targets `seen` counts each; what to write for its address."""
        typed = unquote(target)
        line, column = self._find_target(typed, first, seen.get(typed, 0))
        seen[typed] = seen.get(typed, 0) + 1
        self.links.append(Hyperlink(text, target, line, column, image))
        scheme = urlsplit(target).scheme.lower()
        if scheme and scheme not in _SCHEMES:
            self._fault(
                line,
                column,
                "link-scheme",
                f"links may not start with `{scheme}:`",
                "use https://, mailto: or tel:, or the name of another file",
            )
        elif not scheme and not target.startswith("//"):
            self.mentions.append(Mention(typed, line, column, image))
            return f"\0{len(self.mentions) - 1}\0"
        return target

    def _find_target(self, target: str, first: int, skip: int) -> tuple[int, int]:
        """Where a link's address stands: in its brackets, or wherever it is found first."""
        place = self._find(f"]({target})", first, skip)
        if place and place[0] == first:
            return first, place[1] + 2
        bare = self._find(target, first, skip, _TARGET_ENDS) or (first, 1)
        return (place[0], place[1] + 2) if place and place[0] <= bare[0] else bare

    def _find(self, needle: str, first: int, skip: int, ends: str = "") -> tuple[int, int] | None:
        """The place of a text from line `first` on, which is where its paragraph starts, before
        one of `ends` or a line's end; `skip` others are passed over.

        YAML folds answers, so where they end is not known; only so many lines are looked at.
        """
        for line in range(first, min(first + _REACH, len(self.lines) + 1)):
            text = self.lines[line - 1]
            at = text.find(needle)
            while at >= 0:
                after = text[at + len(needle) : at + len(needle) + 1]
                if not ends or after in ends:
                    if skip == 0:
                        return line, at + 1
                    skip -= 1
                at = text.find(needle, at + 1)
        return None

    def _fault(self, line: int, column: int, code: str, message: str, hint: str) -> None:
        self.problems.append(Problem(self.path, line, column, code, message, hint))


def code_lines(text: str) -> set[int]:
    """The lines (from 0) that belong to blocks of code, where every blank counts."""
    blocks = (one.map for one in engine().parse(text) if one.type in ("fence", "code_block"))
    return {line for block in blocks if block for line in range(*block)}


def _words(children: Sequence[Token], opening: int) -> str:
    """The words between a link's opening and its close."""
    words: list[str] = []
    for at in range(opening + 1, len(children)):
        child = children[at]
        if child.type == "link_close":
            break
        words.append(_BREAKS.get(child.type, child.content))
    return "".join(words)


def plain(text: str) -> str:
    """The text a reader sees in HTML made here, on one line."""
    return " ".join(html.unescape(_TAG.sub("", text)).split())


def _text(inline: Token) -> str:
    """The text a reader sees of one run of tokens."""
    children = inline.children or []
    if all(child.type == "text" for child in children):
        return " ".join("".join(child.content for child in children).split())
    return plain(engine().renderer.render([inline], engine().options, {}))
