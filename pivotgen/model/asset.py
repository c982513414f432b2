"""Assets: what their texts say of other files, and what is written in its place."""

from __future__ import annotations

from typing import NamedTuple


class Reference(NamedTuple):
    """An address in a style sheet or a script, as it is written there."""

    # Without quotes, and with its escapes resolved.
    url: str
    line: int
    column: int
    # The bytes of the file that hold it.
    start: int
    end: int
    # What is wrong with the way in which it is written; "" when nothing is.
    fault: str = ""
    # Of a style sheet: what allows it in the header of a page, such as "font-src".
    directive: str = "img-src"


class AssetLink(NamedTuple):
    """A reference of a style sheet to another file of the site."""

    start: int
    end: int
    # Path of the file, in assets/ or static/.
    target: str
    # What follows the path: a query or a fragment.
    suffix: str


class Replacement(NamedTuple):
    """What is written in the place of some bytes of a file."""

    start: int
    end: int
    text: str
