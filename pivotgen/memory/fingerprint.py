"""Fingerprints: bytes to the digest that names them, and the fingerprint of pivotgen itself."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path

from pivotgen.model.source import Digest

# 128 bits: no two files of a site will ever share a name by chance.
_BYTES = 16
# The libraries whose version can change a byte of the site.
_LIBRARIES = ("jinja2", "markdown-it-py", "markupsafe", "msgspec", "python-frontmatter", "pyyaml")


def digest(data: bytes) -> Digest:
    """The name of these bytes: SHA-256, cut to 128 bits."""
    return hashlib.sha256(data).digest()[:_BYTES]


def digest_of(parts: Iterable[bytes]) -> Digest:
    """The name of a sequence of byte strings; where one ends and the next begins counts."""
    total = hashlib.sha256()
    for part in parts:
        total.update(len(part).to_bytes(8))
        total.update(part)
    return total.digest()[:_BYTES]


@cache
def engine() -> Digest:
    """What made a site: pivotgen's own files, its libraries and Python, so that any change of
    them makes everything anew."""
    package = Path(__file__).parent.parent
    files = sorted(package.rglob("*.py"))
    said = [f"{name} {version(name)}" for name in _LIBRARIES]
    python = f"python {sys.version_info.major}.{sys.version_info.minor}"
    return digest_of(
        [*(file.read_bytes() for file in files), *(s.encode() for s in said), python.encode()]
    )
