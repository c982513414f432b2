"""Mask: a text without the names of its pivot's own two roles."""

from __future__ import annotations

import re
from collections.abc import Callable

from pivotgen.model.pivot import Pivot


def mask(pivot: Pivot) -> Callable[[str], str]:
    """What puts the word "role" for either role of `pivot`, also in the plural.

    Pages that differ only in their roles become the same text.
    """
    names = sorted((pivot.origin.text, pivot.target.text), key=len, reverse=True)
    either = re.compile("|".join(rf"\b{re.escape(name)}s?\b" for name in names), re.I)
    return lambda text: either.sub("role", text)
