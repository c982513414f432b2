"""Fingerprints: the digest of bytes, and the fingerprint of pivotgen itself."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path

from pivotgen.model.source import Digest

# 128 bits are enough that no two different files share a digest by chance.
_BYTES = 16
# The libraries whose version can change a byte of the site.
_LIBRARIES = (
    *(
        "babel",
        "imagesize",
        "jinja2",
        "linkify-it-py",
        "markdown-it-py",
        "markupsafe",
        "mdit-py-plugins",
        "msgspec",
    ),
    *("python-frontmatter", "pyyaml", "tinycss2"),
)


def digest(data: bytes) -> Digest:
    """SHA-256 of these bytes, cut to 128 bits."""
    return hashlib.sha256(data).digest()[:_BYTES]


def digest_of(parts: Iterable[bytes]) -> Digest:
    """The digest of a sequence of byte strings; the borders between them count."""
    total = hashlib.sha256()
    for part in parts:
        total.update(len(part).to_bytes(8))
        total.update(part)
    return total.digest()[:_BYTES]


@cache
def engine() -> Digest:
    """The digest of pivotgen's own files and of the versions of its libraries and of Python.

    Any change of them makes every page stale.
    """
    package = Path(__file__).parent.parent
    files = sorted(package.rglob("*.py"))
    versions = [f"{name} {version(name)}" for name in _LIBRARIES]
    python = f"python {sys.version_info.major}.{sys.version_info.minor}"
    return digest_of(
        [
            *(file.read_bytes() for file in files),
            *(text.encode() for text in versions),
            python.encode(),
        ]
    )
