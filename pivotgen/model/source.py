"""A source: one input file, as its bytes and the digest that names them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """One file of content/, layouts/ or assets/."""

    # Path from the site's folder, with forward slashes on every system.
    path: str
    data: bytes
    # Names the bytes: two sources with one digest have the same content.
    digest: str


@dataclass(frozen=True, slots=True)
class Sources:
    """Everything one build starts from, each list sorted by path."""

    content: tuple[Source, ...]
    # content/redirects.yaml, or nothing.
    redirects: tuple[Source, ...]
    layouts: tuple[Source, ...]
    words: tuple[Source, ...]
    assets: tuple[Source, ...]
