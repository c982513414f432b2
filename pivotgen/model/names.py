"""Names: what two spellings of one name share, and the form that a name has in an address."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache


@lru_cache(maxsize=65_536)
def slug_of(name: str) -> str:
    """The address form of a role's or a skill's name: "UX Designer" is "ux-designer"."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return re.sub(r"[^\w]+", "-", re.sub(r"[\u0300-\u036f]", "", plain)).strip("-_")


def spelling_of(name: str) -> str:
    """What two spellings of one name share: case, punctuation and a plural do not count."""
    return re.sub(r"(?<=[^s])s$", "", slug_of(name).replace("-", ""))
