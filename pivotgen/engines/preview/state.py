"""State: what the preview shows now, and to whom."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from pivotgen.engines.preview.built_site import BuiltSite
from pivotgen.engines.preview.host import Host


class Tab(Protocol):
    """An open tab of a browser, as the server sees it."""

    def update(self) -> None:
        """Replace what the tab shows, if it would get another page now."""

    def notify(self, path: str) -> None:
        """Tell the tab that what is at the path changed."""

    def close(self) -> None:
        """End the connection to the tab."""


@dataclass(slots=True)
class PreviewState:
    """The site as it was last built, its problems since then, and the open tabs."""

    host: Host
    site: BuiltSite
    # JSON for the overlay; see pivotgen/problems/overlay.py.
    problems: bytes = b'{"problems": []}'
    tabs: set[Tab] = field(default_factory=set)
