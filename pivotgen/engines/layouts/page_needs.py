"""Page needs: what a layout loads into its pages, and the code in it that no header can allow.

Only what is written out counts. An address that begins with something of Jinja is taken for one of
this site; the settings name any other site that it may lead to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from pivotgen.engines.assets.style_sheet import style_sheet_references
from pivotgen.engines.layouts.jinja_marks import without_jinja
from pivotgen.model.content_policy import OWN, Need, hash_source, source_of
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.problem import Problem

# Comments, elements whose content is no markup, and all other tags. An end in quotes ends no tag.
_REST = r"""(?P<rest_{0}>[^>"']*+(?:(?:"[^"]*+"|'[^']*+')[^>"']*+)*+)>"""
_TAG = re.compile(
    rf"<!--.*?-->|<(?P<raw>script|style|textarea|title)(?![^\s/>\0]){_REST.format('raw')}"
    rf"(?P<text>.*?)</(?P=raw)|<(?P<name>[a-z][^\s/>\0]*){_REST.format('tag')}",
    re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTE = re.compile(
    r"""(?P<name>[^\s"'<>/=\0]++)(?:\s*+=\s*+(?:"(?P<double>[^"]*+)"|'(?P<single>[^']*+)'"""
    r"""|(?P<bare>[^\s"'<>=`]++)))?"""
)
# Scripts that browsers run or obey; any other type is data.
_RUN = re.compile(
    r"|module|importmap|speculationrules|(?:text|application)/(?:x-)?(?:java|ecma|j)script"
)
_EVENT = re.compile(r"on[a-z]+")
_SCRIPT_ADDRESS = re.compile(r"\s*javascript\s*:", re.IGNORECASE)
# The directives of attributes that hold an address, by element.
_LOADED: Mapping[tuple[str, str], str] = {
    ("img", "src"): "img-src",
    ("input", "src"): "img-src",
    ("video", "poster"): "img-src",
    ("image", "href"): "img-src",
    ("image", "xlink:href"): "img-src",
    ("use", "href"): "img-src",
    ("use", "xlink:href"): "img-src",
    ("audio", "src"): "media-src",
    ("video", "src"): "media-src",
    ("source", "src"): "media-src",
    ("track", "src"): "media-src",
    ("iframe", "src"): "frame-src",
    ("embed", "src"): "object-src",
    ("object", "data"): "object-src",
    ("form", "action"): "form-action",
    ("button", "formaction"): "form-action",
    ("input", "formaction"): "form-action",
    ("base", "href"): "base-uri",
}
# The same for links, by their kind, and for what they load in advance.
_LINKED: Mapping[str, str] = {
    "stylesheet": "style-src",
    "icon": "img-src",
    "apple-touch-icon": "img-src",
    "mask-icon": "img-src",
    "manifest": "manifest-src",
    "modulepreload": "script-src",
}
_IN_ADVANCE: Mapping[str, str] = {
    "font": "font-src",
    "image": "img-src",
    "script": "script-src",
    "style": "style-src",
    "fetch": "connect-src",
    "track": "media-src",
}


# Layouts whose needs are kept: what they load and what is wrong with it is asked one after the
# other.
_KEPT = 64


@dataclass(frozen=True, slots=True)
class PageNeeds:
    """What the pages of one layout load by its own text, and what is wrong with that."""

    needs: tuple[Need, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Attribute:
    value: str
    # Offset of the name in the layout.
    start: int


_Attributes = Mapping[str, _Attribute]


@lru_cache(_KEPT)
def page_needs(name: str, text: str) -> PageNeeds:
    """The needs of the layout with this name and text."""
    scan = _Scan(text, without_jinja(text), f"layouts/{name}")
    scan.run()
    return PageNeeds(tuple(scan.needs), tuple(scan.problems))


class _Scan:
    """One walk over the tags of a layout."""

    def __init__(self, text: str, plain: str, path: str) -> None:
        self._text = text
        # The layout with a NUL for every character that Jinja reads.
        self._plain = plain
        self._path = path
        self.needs: list[Need] = []
        self.problems: list[Problem] = []

    def run(self) -> None:
        for match in _TAG.finditer(self._plain):
            raw = (match["raw"] or "").lower()
            name = raw or (match["name"] or "").lower()
            if not name:
                continue
            attributes = _attributes(match, "rest_raw" if raw else "rest_tag")
            self._code_in_tag(attributes)
            if raw == "script":
                self._script(match, attributes)
            elif raw == "style":
                self._style(match)
            elif name == "link":
                self._link(attributes)
            else:
                self._loads(name, attributes)

    def _need(self, directive: str, address: str) -> None:
        if source := source_of(address, directive):
            self.needs.append(Need(directive, source))

    def _script(self, match: re.Match[str], attributes: _Attributes) -> None:
        kind = attributes["type"].value.strip().lower() if "type" in attributes else ""
        if "\0" not in kind and not _RUN.fullmatch(kind):
            return
        # A script may ask the site itself for more.
        self.needs.append(Need("connect-src", OWN))
        if "src" in attributes:
            self._need("script-src", attributes["src"].value)
        else:
            self._written_out(match, "script-src", "script")

    def _style(self, match: re.Match[str]) -> None:
        self._written_out(match, "style-src", "style sheet")
        for reference in style_sheet_references(match["text"].encode()):
            self._need(reference.directive, reference.url)

    def _written_out(self, match: re.Match[str], directive: str, what: str) -> None:
        """Allow the text of an element by its digest, which must be the same on every page."""
        start, end = match.span("text")
        if "\0" not in match["text"]:
            if match["text"].strip():
                self.needs.append(Need(directive, hash_source(self._text[start:end])))
            return
        message = f"this {what} has something of Jinja in it, so the site's headers forbid it"
        hint = f"put it into a file of assets/, and name that here with {_NAMED[directive]}"
        if directive == "script-src":
            hint += "; what differs from page to page goes into a `data-…` attribute"
        self._problem(start + match["text"].index("\0"), message, hint)

    def _link(self, attributes: _Attributes) -> None:
        kinds = attributes["rel"].value.lower().split() if "rel" in attributes else []
        directives = [_LINKED[kind] for kind in kinds if kind in _LINKED]
        if "preload" in kinds and "as" in attributes:
            directives.append(_IN_ADVANCE.get(attributes["as"].value.lower(), ""))
        for directive in filter(None, directives):
            if "href" in attributes:
                self._need(directive, attributes["href"].value)
            for address in _candidates(attributes, "imagesrcset"):
                self._need(directive, address)

    def _loads(self, name: str, attributes: _Attributes) -> None:
        for attribute, given in attributes.items():
            if directive := _LOADED.get((name, attribute)):
                self._need(directive, given.value)
        for address in _candidates(attributes, "srcset"):
            self._need("img-src", address)
        if name == "form" and "action" not in attributes:
            self.needs.append(Need("form-action", OWN))

    def _code_in_tag(self, attributes: _Attributes) -> None:
        """Report code and styles in attributes, which the headers of the site forbid."""
        for name, attribute in attributes.items():
            if name == "style":
                message = "`style=` has no effect, because the site's headers forbid it"
                hint = "give the element a `class`, and style that in a file of assets/"
            elif _EVENT.fullmatch(name):
                message = f"`{name}=` does nothing, because the site's headers forbid it"
                hint = f'use `addEventListener("{name[2:]}", …)` in a script of assets/'
            elif _SCRIPT_ADDRESS.match(attribute.value):
                message = f"`{name}=` holds a script, which the site's headers forbid"
                hint = "make it a button, and listen to it in a script of assets/"
            else:
                continue
            self._problem(attribute.start, message, hint)

    def _problem(self, offset: int, message: str, hint: str) -> None:
        line = self._text.count("\n", 0, offset) + 1
        place = line, offset - (self._text.rfind("\n", 0, offset) + 1) + 1
        self.problems.append(Problem(self._path, *place, "inline-code", message, hint))


_NAMED = {
    "script-src": "`<script src=\"{{ site.assets['name.js'] }}\" defer></script>`",
    "style-src": '`<link rel="stylesheet" href="{{ site.assets[\'name.css\'] }}">`',
}


def _attributes(match: re.Match[str], group: str) -> _Attributes:
    """The attributes of a tag by their names in small letters; the first of a name counts."""
    attributes: dict[str, _Attribute] = {}
    for part in _ATTRIBUTE.finditer(match[group]):
        value = next((part[kind] for kind in ("double", "single", "bare") if part[kind]), "")
        start = match.start(group) + part.start()
        attributes.setdefault(part["name"].lower(), _Attribute(value, start))
    return attributes


def _candidates(attributes: _Attributes, name: str) -> Iterator[str]:
    """The addresses of a list of pictures with their sizes."""
    if name in attributes:
        for candidate in attributes[name].value.split(","):
            yield candidate.strip().partition(" ")[0]
