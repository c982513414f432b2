"""Markdown twin: what a finished page says, as Markdown.

Only a site that asks for twins imports this.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import version
from importlib.util import find_spec
from typing import Any

# The package that needs to be installed, and those whose version can change a byte.
PACKAGE = "markdownify"
_LIBRARIES = (PACKAGE, "beautifulsoup4", "soupsieve")
# What leads around the site, draws, runs or is hidden: a reader of plain text needs none of it.
_LEFT_OUT = (
    "nav, form, svg, script, style, template, noscript, [hidden], [aria-hidden='true'], "
    "[data-twin='none']"
)
_ADDRESSES = ("href", "src")
_EMPTY_LINES = re.compile(r"\n{3,}")
_BLANKS = re.compile(r"[ \t]+\n")


def lacks_package() -> bool:
    """Whether the package is not installed."""
    return find_spec(PACKAGE) is None


def twin_method() -> bytes:
    """What decides on the bytes of twins besides those of their pages: versions of libraries."""
    return ", ".join(f"{name} {version(name)}" for name in _LIBRARIES).encode()


def markdown_twin(html: str, page: str, base_url: str) -> str:
    """The main part of a page as Markdown, with absolute addresses.

    `page` is the page's own address, absolute; addresses of the site in `html` have no base path.
    """
    from bs4 import BeautifulSoup
    from markdownify import ATX, MarkdownConverter

    soup = BeautifulSoup(html, "html.parser")
    main: Any = soup.find("main") or soup
    for tag in main.select(_LEFT_OUT):
        tag.decompose()
    # Texts on both sides of what is gone are one text.
    main.smooth()
    for tag, name in _addressed(main):
        tag[name] = _absolute(tag[name], page, base_url)
    converter = MarkdownConverter(
        heading_style=ATX, bullets="-", table_infer_header=True, escape_misc=True
    )
    text: str = converter.convert_soup(main)
    return _EMPTY_LINES.sub("\n\n", _BLANKS.sub("\n", text)).strip() + "\n"


def _addressed(main: Any) -> Iterator[tuple[Any, str]]:
    for name in _ADDRESSES:
        for tag in main.find_all(attrs={name: True}):
            yield tag, name


def _absolute(address: str, page: str, base_url: str) -> str:
    if address.startswith("#"):
        return page + address
    return base_url + address if address.startswith("/") and address[:2] != "//" else address
