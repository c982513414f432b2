"""A setting and a batch: what a worker needs to make pages, as plain messages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pivotgen.model.source import Digest
from pivotgen.model.view import Chrome


@dataclass(frozen=True, slots=True)
class Setting:
    """What all pages of a site share."""

    # Names everything below, so that two settings are compared by it alone.
    key: Digest
    chrome: Chrome = field(compare=False)
    # Text of each layout by its name, such as "pivot.html".
    layouts: Mapping[str, str] = field(compare=False)
    # The site's folder where build.py has filters of its own, else "".
    filters_from: str = field(compare=False)


@dataclass(frozen=True, slots=True)
class Batch:
    """Some pages to make, with everything they need."""

    setting: Setting
    # Id, kind and packed recipe of each page.
    pages: tuple[tuple[int, str, bytes], ...]
    # Packed cards and texts, and the bytes of assets, by path.
    cards: Mapping[str, bytes]
    bodies: Mapping[str, bytes]
