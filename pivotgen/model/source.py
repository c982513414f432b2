"""A source: one input file, named by its path and by the digest of its bytes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

# Identifies bytes: two files with one digest have the same content.
Digest = bytes

# Where content stands, and what layouts say in each language.
PIVOTS, ROLES, PAGES = "content/pivots", "content/roles", "content/pages"
PHRASES = "layouts/phrases"
# Files that are published as they are, by their own names; and the only place of dotfiles there.
STATIC = "static"
# Every folder of a site that something is made from.
SOURCE_FOLDERS = ("assets", "content", "layouts", STATIC)
WELL_KNOWN = f"{STATIC}/.well-known"


# Texts by path that are read in place of the files; None stands for a file that is not there.
Overlay = Mapping[str, bytes | None]
NO_OVERLAY: Overlay = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Source:
    """One file of content/, layouts/ or assets/ that has just been read."""

    # Path from the site's folder, with forward slashes on every system.
    path: str
    data: bytes
    digest: Digest


def is_shared(path: str) -> bool:
    """Whether many pages may be made from a source: it is none of content/."""
    return not path.startswith("content/")


def is_hidden(path: str) -> bool:
    """Whether a path of the site is none of its sources: a dotfile, or an editor's backup.

    Below static/.well-known dotfiles are sources like all others.
    """
    if path == WELL_KNOWN or path.startswith(f"{WELL_KNOWN}/"):
        path = path.removeprefix(WELL_KNOWN).rpartition("/")[2]
        return path.endswith("~")
    return any(name.startswith(".") or name.endswith("~") for name in path.split("/"))
