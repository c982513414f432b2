"""A redirect: an address that has moved and where it leads now, or one that is gone for good."""

from __future__ import annotations

from pivotgen.model.lazy_dataclass import dataclass

# Where a site keeps its redirects, from its folder.
REDIRECTS = "content/redirects.yaml"
# Stands there instead of a new address when nothing has taken the place of the old one.
GONE = "gone"


@dataclass(frozen=True, slots=True)
class Redirect:
    """An old address, and the new one, which may name a part of a page."""

    old: str
    # None when the old address is gone for good.
    new: str | None
