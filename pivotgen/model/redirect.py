"""A redirect: an address that has moved, and where it leads now."""

from __future__ import annotations

from dataclasses import dataclass

# Where a site keeps its redirects, from its folder.
REDIRECTS = "content/redirects.yaml"


@dataclass(frozen=True, slots=True)
class Redirect:
    """One line of content/redirects.yaml; the new address may name a part of a page."""

    old: str
    new: str
