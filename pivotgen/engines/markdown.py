"""Markdown: text to safe HTML, with every link, image and heading it holds.

Raw HTML is off. Links inside the site are left as numbered gaps (NUL number NUL) because only the
link stage knows where they lead; `fill` puts the addresses in.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from urllib.parse import unquote, urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token

from pivotgen.model.header import Written
from pivotgen.model.pivot import Heading, Hyperlink, Mention
from pivotgen.model.problem import Problem

_BREAKS = {"softbreak": "\n", "hardbreak": "\n"}
_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
# Lines of the longest paragraph whose links are still told at their exact place.
_REACH = 200
_TAG = re.compile(r"<[^>]*>")
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
        self.links: list[Hyperlink] = []
        self.heading_lines: list[int] = []
        self._anchors = set(taken)

    def block(self, text: str, first_line: int) -> Rendered:
        """Render blocks; `first_line` is the file's line (from 1) that the text starts on."""
        tokens = _engine().parse(text)
        headings = self._headings(tokens, first_line)
        for token in tokens:
            if token.type == "inline" and token.map:
                self._inline(token, first_line + token.map[0])
        return Rendered(_engine().renderer.render(tokens, _engine().options, {}), headings)

    def inline(self, text: str, line: int) -> str:
        """Render one run of text that starts on `line`."""
        tokens = _engine().parseInline(text)
        for token in tokens:
            self._inline(token, line)
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
            self.heading_lines.append(line)
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
            text = plain(_engine().renderer.render([tokens[number + 1]], _engine().options, {}))
            anchor = self.anchor(text)
            token.attrSet("id", anchor)
            found.append(Heading(level, anchor, text))
        return tuple(found)

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
            attribute = "src" if child.type == "image" else "href"
            target = str(child.attrGet(attribute) or "")
            typed = unquote(target)
            line, column = self._find_target(typed, first, seen.get(typed, 0))
            seen[typed] = seen.get(typed, 0) + 1
            image = child.type == "image"
            text = child.content if image else _words(token.children or (), at)
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
            elif scheme or target.startswith("//"):
                continue
            else:
                child.attrSet(attribute, f"\0{len(self.mentions)}\0")
                self.mentions.append(Mention(typed, line, column, image))

    def _find_target(self, target: str, first: int, skip: int) -> tuple[int, int]:
        """Where a link's address stands: in its brackets, or wherever it is found first."""
        place = self._find(f"]({target})", first, skip)
        if place and place[0] == first:
            return first, place[1] + 2
        bare = self._find(target, first, skip) or (first, 1)
        return (place[0], place[1] + 2) if place and place[0] <= bare[0] else bare

    def _find(self, needle: str, first: int, skip: int) -> tuple[int, int] | None:
        """The place of a text from line `first` on, which is where its paragraph starts.

        YAML folds answers, so where they end is not known; only so many lines are looked at.
        """
        for line in range(first, min(first + _REACH, len(self.lines) + 1)):
            text = self.lines[line - 1]
            at = text.find(needle)
            while at >= 0:
                if skip == 0:
                    return line, at + 1
                skip -= 1
                at = text.find(needle, at + 1)
        return None

    def _fault(self, line: int, column: int, code: str, message: str, hint: str) -> None:
        self.problems.append(Problem(self.path, line, column, code, message, hint))


def _words(children: Sequence[Token], opening: int) -> str:
    """The words between a link's opening and its close."""
    words: list[str] = []
    for at in range(opening + 1, len(children)):
        child = children[at]
        if child.type == "link_close":
            break
        words.append(_BREAKS.get(child.type, child.content))
    return "".join(words)


def fill(text: str, addresses: Sequence[str]) -> str:
    """Put the addresses into the numbered gaps of HTML made here."""
    if "\0" not in text:
        return text
    parts = text.split("\0")
    parts[1::2] = [html.escape(addresses[int(number)]) for number in parts[1::2]]
    return "".join(parts)


def plain(text: str) -> str:
    """The text a reader sees in HTML made here, on one line."""
    return " ".join(html.unescape(_TAG.sub("", text)).split())


@cache
def _engine() -> MarkdownIt:
    engine = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    # Links of every scheme come through, so that a refused one is a problem with a place.
    engine.validateLink = lambda url: True  # type: ignore[method-assign]
    return engine
