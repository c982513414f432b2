"""Own code: a site's own functions for a worker that does not see the folder of the site."""

from __future__ import annotations

from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.source import Digest


@dataclass(frozen=True, slots=True)
class OwnCode:
    """The files that the functions are read from, by their paths in the site; build.py is among
    them."""

    # Names all of it.
    key: Digest
    files: tuple[tuple[str, bytes], ...]
    # Of the installed packages that the functions come from: a worker must have the same ones.
    packages: Digest
