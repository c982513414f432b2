"""Tongues: a page in the other languages of its site, as its head says it."""

from __future__ import annotations

from pivotgen.model.lazy_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Tongue:
    """The same page in one language."""

    code: str
    url: str
    # What its speakers call it.
    name: str
    direction: str
    # Whether this is the page itself.
    current: bool
    # Whether the text of that page is in that language.
    own: bool
    # What to say in that language to a reader who would rather read it.
    offer: str
    decline: str


@dataclass(frozen=True, slots=True)
class Original:
    """Of a text that nobody has translated: its language, and the page where it is at home."""

    language: str
    direction: str
    url: str
