"""Fingerprints: the digest of bytes, and the fingerprint of pivotgen itself."""

from __future__ import annotations

import hashlib
import sys
import zlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, version
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

# Those that make compressed copies, where they are installed.
_COMPRESSION = ("brotli", "zstandard")


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


@cache
def versions() -> Mapping[str, str]:
    """All that shapes a byte of the site, by name, for machines that compare it with another's."""
    known = {
        "Python": f"{sys.version_info.major}.{sys.version_info.minor}",
        # The files themselves count, because a checkout has the version of its last release.
        "pivotgen": f"{version('pivotgen')} ({engine().hex()[:12]})",
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        **{name: version(name) for name in _LIBRARIES},
    }
    for name in _COMPRESSION:
        with suppress(PackageNotFoundError):
            known[name] = version(name)
    return known
