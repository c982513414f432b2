"""A closure: all that one layout is made of."""

from __future__ import annotations

from typing import NamedTuple

from pivotgen.model.content_policy import Need
from pivotgen.model.lazy_dataclass import dataclass


class LayoutLink(NamedTuple):
    """An address of this site that a layout names, and its place; they count from 1."""

    url: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Closure:
    """The files that one layout is made of."""

    # Names of the layout itself and of every one that it extends, includes or imports.
    layouts: tuple[str, ...]
    # Files of assets/ that they name, such as "style.css"; None when they may name any.
    assets: tuple[str, ...] | None
    # The addresses of this site that the layout itself names.
    links: tuple[LayoutLink, ...] = ()
    # What pages load because of the layout itself.
    needs: tuple[Need, ...] = ()
