"""A setting: what a worker needs to know to make pages, as a plain message."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

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
    # What has been made of them already, where this build had to compile them.
    code: Mapping[str, bytes] = field(compare=False)
    # The site's own filters for layouts, by name. They do not travel: another process takes them
    # from build.py in the folder that follows.
    filters: tuple[tuple[str, Callable[..., Any]], ...] = ()
    # The site's folder where build.py has filters of its own, else "".
    filters_from: str = field(compare=False, default="")

    def __reduce__(self) -> tuple[Any, ...]:
        return Setting, (self.key, self.chrome, self.layouts, self.code, (), self.filters_from)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a site goes, and where its files wait until all of them are made."""

    into: str
    # Another one for each build.
    aside: str
    # Whether every file is written, also one that is right.
    anew: bool = False
