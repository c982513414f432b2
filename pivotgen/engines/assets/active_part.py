"""Active part: what a browser would run when it opens a file of assets/ or static/ as a page.

Such a file has the address of the site, so what it runs may do all that the site may.
"""

from __future__ import annotations

import re
from html import unescape
from pathlib import PurePosixPath
from typing import NamedTuple

# Endings of files that are pages, by the names that hosts and browsers go by.
_PAGES = frozenset(
    {".htm", ".html", ".mht", ".mhtml", ".shtml", ".svgz", ".xht", ".xhtml", ".xsl", ".xslt"}
)
# Endings of XML, which runs scripts when it holds drawings or parts of pages.
_XML = frozenset({".atom", ".rdf", ".rss", ".svg", ".xml"})
# Elements that run or bring in something, whatever the prefix of their names; attributes that
# hold a script (SVG 2, section 17); addresses that are one; and what could hide them all.
_ACTIVE = re.compile(
    r"<(?:[\w.-]+:)?(?:script|foreignObject|iframe|frame|object|embed|applet|handler|listener|meta|"
    r"base|link|form)\b"
    r"|(?<=[\s\"'/])on[a-z]+\s*="
    r"|j\s*a\s*v\s*a\s*s\s*c\s*r\s*i\s*p\s*t\s*:"
    r"|data\s*:\s*(?:text/html|[\w./+-]*xml)"
    r"|<!ENTITY\b|<\?xml-stylesheet\b",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"&#?\w+;?")


class ActivePart(NamedTuple):
    """A place in a file, line and column from 1, and what stands there in a message's words."""

    line: int
    column: int
    what: str


def may_be_active(path: str) -> bool:
    """Whether a browser takes a file with this name for a page or for XML."""
    return PurePosixPath(path).suffix.lower() in _PAGES | _XML


def active_part(path: str, data: bytes) -> ActivePart | None:
    """The first part of a file that could run, if any. It errs on the side of one too many."""
    if PurePosixPath(path).suffix.lower() in _PAGES:
        return ActivePart(1, 1, "this is a page that no layout makes")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        return ActivePart(1, 1, "this is not UTF-8, so nobody can tell what runs in it")
    # A reference such as &#106; stands for a letter, and its place is kept.
    plain = _REFERENCE.sub(lambda match: unescape(match[0]).ljust(len(match[0])), text)
    match = min(
        (match for match in (_ACTIVE.search(text), _ACTIVE.search(plain)) if match),
        key=re.Match.start,
        default=None,
    )
    if match is None:
        return None
    before = text[: match.start()]
    column = match.start() - (before.rfind("\n") + 1) + 1
    return ActivePart(before.count("\n") + 1, column, f"`{match[0]}` may run")
