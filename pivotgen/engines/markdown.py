"""Markdown: text to safe HTML, with every link, image and heading it holds.

Raw HTML is off. Links inside the site are left as numbered gaps (NUL number NUL) because only the
link stage knows where they lead; `stages/fill.py` puts the addresses in.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

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
# What can start inline markup, or end a line of it. Text without any is itself.
_MARKED = re.compile(r"[\n\\`~*_\[<&]")
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
_LIST = re.compile(rf"{_ITEM}(?:\n{_ITEM})*")
# A heading that holds no markup, and no marks at its end that would not be shown.
_HEADING = re.compile(r"(#{1,6}) ([^\W\d_](?:[^\n\\`~*_\[<&#]*[^\n\\`~*_\[<&# \t])?)")
_BETWEEN_WORDS = re.compile(r"\W+")
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
        for piece, offset, alone in _pieces(text):
            line = first_line + offset
            if alone and (heading := _HEADING.fullmatch(piece)):
                found = self._heading(len(heading[1]), heading[2], line)
                headings.append(found)
                self.passages.append(Written(heading[2], line, 1))
                inner = escapeHtml(heading[2])
                parts.append(f'<h{found.level} id="{found.anchor}">{inner}</h{found.level}>\n')
            elif alone:
                parts.append(f"<p>{self.inline(piece, line)}</p>\n")
            elif _LIST.fullmatch(piece):
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
        if not _MARKED.search(text):
            self.passages.append(Written(text, line, 1))
            return escapeHtml(text)
        if (spans := _spans(text)) is not None:
            self.passages.append(Written("".join([span.words for span in spans]), line, 1))
            seen: dict[str, int] = {}
            parts = []
            for words, tag, target in spans:
                attribute = ""
                if target:
                    leads = self._link(words, _engine().normalizeLink(target), line, seen)
                    attribute = f' href="{escapeHtml(leads)}"'
                inner = escapeHtml(words)
                parts.append(f"<{tag}{attribute}>{inner}</{tag}>" if tag else inner)
            return "".join(parts)
        tokens = _engine().parseInline(text)
        for token in tokens:
            self._inline(token, line)
        return str(_engine().renderer.render(tokens, _engine().options, {}))

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
        tokens = _engine().parse(text)
        headings: list[Heading] = []
        for number, token in enumerate(tokens):
            line = first_line + (token.map[0] if token.map else 0)
            if token.type == "heading_open":
                heading = self._heading(int(token.tag[1]), _text(tokens[number + 1]), line)
                token.attrSet("id", heading.anchor)
                headings.append(heading)
            elif token.type == "inline" and token.map:
                self._inline(token, line)
        html_ = _engine().renderer.render(tokens, _engine().options, {})
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
    blocks = (one.map for one in _engine().parse(text) if one.type in ("fence", "code_block"))
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


def _pieces(text: str) -> Iterator[tuple[str, int, bool]]:
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
            (_PARAGRAPH.fullmatch(line) or _HEADING.fullmatch(line))
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


def _text(inline: Token) -> str:
    """The text a reader sees of one run of tokens."""
    children = inline.children or []
    if all(child.type == "text" for child in children):
        return " ".join("".join(child.content for child in children).split())
    return plain(_engine().renderer.render([inline], _engine().options, {}))


def _parse_inline(state: StateCore) -> None:
    """markdown-it's rule of this name, but for runs of text that are quick to see through."""
    for token in state.tokens:
        if token.type != "inline":
            continue
        token.children = []
        if (spans := _spans(token.content)) is None:
            state.md.inline.parse(token.content, state.md, state.env, token.children)
            continue
        for words, tag, target in spans:
            text = Token("text", "", 0, content=words)
            if tag:
                name = "link" if target else tag
                attributes: dict[str, str | int | float] = {}
                if target:
                    attributes["href"] = state.md.normalizeLink(target)
                token.children += (
                    Token(f"{name}_open", tag, 1, attrs=attributes),
                    text,
                    Token(f"{name}_close", tag, -1),
                )
            elif words:
                token.children.append(text)


class _Span(NamedTuple):
    """A stretch of text, the element it stands in ("" for none), and where a link leads."""

    words: str
    tag: str = ""
    target: str = ""


def _spans(text: str) -> list[_Span] | None:
    """The stretches of a text without markup but for plain emphasis and plain links; None when
    there may be more to it."""
    spans: list[_Span] = []
    done = 0
    for match in _SPAN.finditer(text):
        stars, stressed, words, target = match.groups()
        spans.append(_Span(text[done : match.start()]))
        if target:
            spans.append(_Span(words, "a", target))
        else:
            spans.append(_Span(stressed, "strong" if len(stars) == 2 else "em"))
        done = match.end()
    spans.append(_Span(text[done:]))
    return None if any(_MARKED.search(span.words) for span in spans[::2]) else spans


@cache
def _engine() -> MarkdownIt:
    engine = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    # Without HTML these two never find anything.
    engine.disable(["html_block", "html_inline"])
    engine.core.ruler.at("inline", _parse_inline)
    # One address stands in many texts, and is slow to take apart.
    engine.normalizeLink = lru_cache(4_096)(engine.normalizeLink)  # type: ignore[method-assign]
    # Links of every scheme come through, so that a refused one is a problem with a place.
    engine.validateLink = lambda url: True  # type: ignore[method-assign]
    return engine
