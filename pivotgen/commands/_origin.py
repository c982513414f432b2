"""Origin: the first line of a file that was copied from the theme, which says where it is from."""

from __future__ import annotations

import re
from hashlib import sha256
from importlib.metadata import version
from pathlib import PurePosixPath
from typing import NamedTuple

# How a comment is written, by the ending of the file. Other files, such as pictures, have none.
_COMMENTS = {
    ".css": "/* {} */",
    ".html": "{{# {} #}}",
    ".js": "// {}",
    ".svg": "<!-- {} -->",
    ".yaml": "# {}",
}
_ORIGIN = re.compile(rb"Copied from pivotgen (\S+); the original is ([0-9a-f]{12})\.")


class Origin(NamedTuple):
    """Where a copy is from."""

    # Of pivotgen.
    version: str
    # Of the original's bytes.
    digest: str


def origin_line(path: str, original: bytes) -> bytes:
    """The first line of a copy; nothing where the format has no comments."""
    comment = _COMMENTS.get(PurePosixPath(path).suffix)
    if comment is None:
        return b""
    text = f"Copied from pivotgen {version('pivotgen')}; the original is {short_digest(original)}."
    return f"{comment.format(text)}\n".encode()


def origin_of(copy: bytes) -> Origin | None:
    """What the first line of a file says of its origin; None when it says nothing."""
    match = _ORIGIN.search(copy.partition(b"\n")[0])
    return Origin(match[1].decode(), match[2].decode()) if match else None


def short_digest(original: bytes) -> str:
    """What tells one version of a file from another: twelve hexadecimal digits."""
    return sha256(original).hexdigest()[:12]
