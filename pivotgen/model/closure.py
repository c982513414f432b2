"""A closure: all that one layout is made of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Closure:
    """The files that one layout is made of."""

    # Names of the layout itself and of every one that it extends, includes or imports.
    layouts: tuple[str, ...]
    # Files of assets/ that they name, such as "style.css"; None when they may name any.
    assets: tuple[str, ...] | None
