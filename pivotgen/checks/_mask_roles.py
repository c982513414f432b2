"""Mask roles: replaces the names of a pivot's own two roles in a text."""

from __future__ import annotations

import re
from collections.abc import Callable

from pivotgen.model.pivot import Pivot


def mask_roles(pivot: Pivot) -> Callable[[str], str]:
    """A function that replaces both roles of `pivot` in a text with the word "role".

    Plurals are replaced as well. Two pages that differ only in their roles become equal.
    """
    names = sorted((pivot.origin.text, pivot.target.text), key=len, reverse=True)
    either = re.compile("|".join(rf"\b{re.escape(name)}s?\b" for name in names), re.I)
    return lambda text: either.sub("role", text)
