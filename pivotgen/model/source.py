"""A source: one input file, named by its path and by the digest of its bytes."""

from __future__ import annotations

from dataclasses import dataclass

# Identifies bytes: two files with one digest have the same content.
Digest = bytes

# Where content stands, and what layouts say in each language.
PIVOTS, ROLES = "content/pivots", "content/roles"
PHRASES = "layouts/phrases"


@dataclass(frozen=True, slots=True)
class Source:
    """One file of content/, layouts/ or assets/ that has just been read."""

    # Path from the site's folder, with forward slashes on every system.
    path: str
    data: bytes
    digest: Digest
