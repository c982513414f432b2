"""Page content: what a reader or a search engine gets from a page, apart from its markup."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import field
from html.parser import HTMLParser
from typing import Any

from pivotgen.model.lazy_dataclass import dataclass

# Elements whose text does not run on into what stands beside them.
_BLOCK = re.compile(
    "address|article|aside|blockquote|body|caption|dd|details|div|dl|dt|fieldset|figcaption|figure|"
    "footer|form|h[1-6]|header|hr|html|label|legend|li|main|nav|ol|option|p|pre|search|section|"
    "select|summary|table|tbody|td|tfoot|th|thead|title|tr|ul"
)
_UNSEEN = frozenset({"script", "style", "template"})
_NAMED = {"description": "description", "robots": "search engines", "author": "author"}
_BLANKS = re.compile(r"\s+")
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class PageContent:
    """What one page says."""

    # By what people call them: title, description, heading, and terms with their descriptions.
    facts: Mapping[str, str] = field(default_factory=dict)
    # Questions and their answers.
    questions: Mapping[str, str] = field(default_factory=dict)
    links: tuple[str, ...] = ()
    # Values of the structured data, by their places in it.
    data: Mapping[str, str] = field(default_factory=dict)
    # Stretches of text that a reader sees, in order.
    texts: tuple[str, ...] = ()
    # The elements and their attributes, without all the above.
    markup: tuple[str, ...] = ()


def page_content(data: bytes) -> PageContent:
    """What a page says; of broken markup, as far as it can be read."""
    reader = _Reader()
    reader.feed(data.decode("utf-8", "replace"))
    reader.close()
    reader.end_text()
    graph = list(_items(reader.graphs))
    return PageContent(
        facts=reader.facts,
        questions=dict(_questions(graph)),
        links=tuple(dict.fromkeys(reader.links)),
        data=dict(_flat(graph)),
        texts=tuple(reader.texts),
        markup=tuple(reader.markup),
    )


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.facts: dict[str, str] = {}
        self.links: list[str] = []
        self.texts: list[str] = []
        self.markup: list[str] = []
        self.graphs: list[str] = []
        self._parts: list[str] = []
        # The element whose text is not seen, and whether it is structured data.
        self._unseen = ""
        self._is_graph = False
        # The innermost block, and its classes.
        self._block, self._classes = "", ""
        self._term = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.markup.append(self._mark(tag, given))
        if tag in _UNSEEN:
            self._unseen = tag
            self._is_graph = given.get("type") == "application/ld+json"
            if self._is_graph:
                self.graphs.append("")
        is_block = bool(_BLOCK.fullmatch(tag))
        if is_block or tag == "br":
            self.end_text()
        if is_block:
            self._block, self._classes = tag, given.get("class", "")
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if tag == "html" and given.get("lang"):
            self.facts["language"] = given["lang"]
        if tag == "meta" and given.get("name") in _NAMED:
            self.facts[_NAMED[given["name"]]] = given.get("content", "")
        if tag == "link" and given.get("rel") == "canonical":
            self.facts["address for search engines"] = given.get("href", "")
        if tag == "img":
            self._parts.append(given.get("alt", ""))

    def handle_endtag(self, tag: str) -> None:
        self.markup.append(f"/{tag}")
        if tag == self._unseen:
            self._unseen = ""
        if _BLOCK.fullmatch(tag):
            self.end_text()
            self._block = ""

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self._parts.append(data)
        elif self._is_graph:
            self.graphs[-1] += data

    def end_text(self) -> None:
        """End a stretch of text."""
        text = _BLANKS.sub(" ", "".join(self._parts)).strip()
        self._parts.clear()
        if not text:
            return
        if self._block == "title":
            self.facts["title"] = text
            return
        if self._block == "h1":
            self.facts.setdefault("heading", text)
        if self._block == "dt":
            self._term = text
        elif self._block == "dd" and self._term:
            self.facts[self._term] = text
        elif "window" in self._classes.split() and ": " in text:
            name, _, value = text.partition(": ")
            self.facts[name] = value
        self.texts.append(text)

    def _mark(self, tag: str, given: Mapping[str, str]) -> str:
        """An element without what is told apart from its markup."""
        if tag == "meta" and (given.get("name") in _NAMED or "property" in given):
            given = {name: value for name, value in given.items() if name != "content"}
        if tag == "a" or (tag == "link" and given.get("rel") == "canonical"):
            given = {name: value for name, value in given.items() if name != "href"}
        rest = "".join(
            f" {name}={value}"
            for name, value in given.items()
            if name not in ("alt", "datetime", "lang")
        )
        return f"{tag}{rest}"


def _items(graphs: list[str]) -> Iterator[dict[str, Any]]:
    """The things that structured data tells of."""
    for text in graphs:
        try:
            value = json.loads(text)
        except ValueError:
            continue
        rows = value.get("@graph", [value]) if isinstance(value, dict) else value
        yield from (row for row in rows if isinstance(row, dict))


def _questions(graph: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    for item in graph:
        asked = item.get("mainEntity")
        if item.get("@type") != "FAQPage" or not isinstance(asked, list):
            continue
        for row in asked:
            answer = row.get("acceptedAnswer", {}) if isinstance(row, dict) else {}
            if answer:
                yield str(row.get("name", "")), _plain(str(answer.get("text", "")))


def _plain(text: str) -> str:
    return _BLANKS.sub(" ", _TAG.sub(" ", text)).strip()


def _flat(graph: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """Each value with its place, such as "Article.author.name"; questions are told apart."""
    for item in graph:
        if item.get("@type") != "FAQPage":
            yield from _flat_values(str(item.get("@type", "thing")), item)


def _flat_values(place: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            if name != "@type":
                yield from _flat_values(f"{place}.{name}", inner)
    elif isinstance(value, list):
        for number, inner in enumerate(value, 1):
            yield from _flat_values(f"{place}[{number}]", inner)
    else:
        yield place, str(value)
