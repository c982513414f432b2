"""Places: where the files of a site may really be, once links are followed."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

# The only folder with a dot before its name whose files are published.
_PUBLIC = ".well-known"


@dataclass(frozen=True, slots=True)
class Places:
    """The folder of a site, and the places outside of it that its settings name.

    What is hidden in the site's folder, such as .git/ or .env, is none of its places either: a link
    from content would publish it.
    """

    site: Path
    # Relative to the site, or absolute.
    outside: Sequence[str] = ()

    def leads_out(self, path: str) -> bool:
        """Whether a path of the site is really elsewhere, because it or a folder of it is a link.

        The path need not exist.
        """
        site = os.path.realpath(self.site)
        real = os.path.realpath(os.path.join(site, path))
        return real != os.path.join(site, os.path.normpath(path)) and not self.holds(real)

    def holds(self, real: str) -> bool:
        """Whether a link may lead to a path, which has no link in it."""
        site, *outside = self.roots()
        if any(is_below(real, root) for root in outside):
            return True
        if not is_below(real, site):
            return False
        names = real[len(site) :].split(os.sep)
        return not any(name.startswith(".") and name != _PUBLIC for name in names)

    def roots(self) -> list[str]:
        """The real folder of the site, then the real places outside of it."""
        return [os.path.realpath(self.site / place) for place in ("", *self.outside)]


def is_below(path: str, folder: str) -> bool:
    """Whether a path is a folder or in it."""
    return path == folder or path.startswith(f"{folder.rstrip(os.sep)}{os.sep}")
