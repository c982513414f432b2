"""Page contents: what the Markdown of one file contains, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape
from urllib.parse import urlsplit

from markdown_it.token import Token

from pivotgen.engines.markdown.lost_links import lost_link
from pivotgen.engines.markdown.marks import Remains
from pivotgen.engines.markdown.source_lines import SourceLines
from pivotgen.model.address import is_elsewhere, readable
from pivotgen.model.header import Written
from pivotgen.model.pivot import Hyperlink, Mark, Mention
from pivotgen.model.problem import Problem
from pivotgen.model.unfit import code_point, unfit_in

_SCHEMES = frozenset({"http", "https", "mailto", "tel"})

# A character by its number or its name.
_CODE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|\w{1,32});")


class PageContents:
    """The texts, links and marks of one file, recorded while it is rendered."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.lines = SourceLines(text)
        # Links inside the site and all images, by the number of their placeholder.
        self.mentions: list[Mention] = []
        self.problems: list[Problem] = []
        # The texts of paragraphs, headings and list items, without markup.
        self.passages: list[Written] = []
        # The blocks of code, which are no passages.
        self.code: list[str] = []
        # All links and images.
        self.links: list[Hyperlink] = []
        # What was meant as Markdown, but no lost link.
        self.marks: list[Mark] = []
        self.heading_lines: list[int] = []

    def record_remains(self, remaining: Remains, first_line: int, *, has_blocks: bool) -> None:
        """Report a lost link or HTML, and note any other mark."""
        start = first_line + remaining.line
        place = self.lines.find(remaining.text, start, remaining.skip)
        can_be_fixed = bool(place) and has_blocks
        place = place or (start, 1)
        if remaining.sort == "mark":
            self.marks.append(Mark(remaining.kind, remaining.text, *place, can_be_fixed))
        elif remaining.sort == "lost-link":
            source = self.lines.line(place[0])
            self.problems.append(
                lost_link(self.path, place, source, remaining, has_blocks=has_blocks)
            )
        else:
            self._report(
                place,
                "raw-html",
                f"`{remaining.text}` is HTML, not Markdown",
                "use Markdown, or put it in `backticks` to show it as it is",
            )

    def record_codes(self, tokens: Iterable[Token], text: str, first_line: int) -> None:
        """Report the first code such as `&#12;` that put an unfit character into the tokens."""
        if unfit := _unfit_in_tokens(tokens):
            codes = (match[0] for match in _CODE.finditer(text) if unescape(match[0]) == unfit)
            code = next(codes, "&")
            self._report(
                self.lines.find(code, first_line) or (first_line, 1),
                "invisible-character",
                f"`{code}` stands for an invisible character ({code_point(unfit)})",
                "take it out; to show the code itself, put it in `backticks`",
            )

    def address_of(
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
        line, column = self.lines.find_target(typed, first_line, seen.get(typed, 0))
        if typed != target and column == 1:
            # It was typed percent-encoded.
            line, column = self.lines.find_target(target, first_line, seen.get(typed, 0))
        seen[typed] = seen.get(typed, 0) + 1
        self.links.append(Hyperlink(text, target, line, column, is_image))
        scheme = urlsplit(target).scheme.lower()
        if target in ("", "#"):
            self._report(
                (line, column),
                "missing-target",
                "this image names no file" if is_image else "this link leads nowhere",
                "write the file or the address in the round brackets, or take the brackets out",
            )
        elif scheme and scheme not in _SCHEMES:
            self._report(
                (line, column),
                "link-scheme",
                f"links may not start with `{scheme}:`",
                "use https://, mailto: or tel:, or the name of another file",
            )
        elif is_image and is_elsewhere(target):
            self.mentions.append(Mention(target, line, column, is_image))
            return f"\0{len(self.mentions) - 1}\0"
        elif not scheme and not target.startswith("//"):
            self.mentions.append(Mention(typed, line, column, is_image))
            return f"\0{len(self.mentions) - 1}\0"
        return target

    def _report(self, place: tuple[int, int], code: str, message: str, hint: str) -> None:
        self.problems.append(Problem(self.path, *place, code, message, hint))


def _unfit_in_tokens(tokens: Iterable[Token]) -> str:
    """The first unfit character in the texts and attributes of tokens, or ""."""
    for token in tokens:
        # The source of a paragraph is what was typed; its children are what became of it.
        texts = [] if token.children else [token.content]
        texts += [str(value) for value in token.attrs.values()]
        if unfit := next(filter(None, map(unfit_in, texts)), ""):
            return unfit
        if token.children and (unfit := _unfit_in_tokens(token.children)):
            return unfit
    return ""
