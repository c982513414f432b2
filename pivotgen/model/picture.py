"""Pictures: what their files say of them, and how a page shows them."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import NamedTuple

from pivotgen.model.lazy_dataclass import dataclass

# Formats whose first bytes are read, each with the endings of its files, the usual one first.
ENDINGS = {
    "AVIF": (".avif",),
    "GIF": (".gif",),
    "JPEG": (".jpg", ".jpeg", ".jfif"),
    "PNG": (".png", ".apng"),
    "SVG": (".svg",),
    "WebP": (".webp",),
}
FORMATS = {ending: name for name, endings in ENDINGS.items() for ending in endings}
# Formats that services take for the picture of a shared page.
SHARED_FORMATS = frozenset({"GIF", "JPEG", "PNG", "WebP"})
# Pictures that browsers show as well, and whose size is not looked for.
_OTHERS = frozenset({".bmp", ".ico"})


class PictureFile(NamedTuple):
    """What the first bytes of a picture say."""

    # One of ENDINGS; "" when they are those of no such picture.
    format: str
    # In pixels, as a browser shows it: turned the way its camera was held. 0 where nothing says it.
    width: int = 0
    height: int = 0
    # What is known of a file without a format, to say how to fix it.
    hint: str = ""


class Picture(NamedTuple):
    """A picture of this site on a page: its published address, and its size in pixels."""

    address: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class ShareImage:
    """The picture beside a page where it is shared."""

    # Its published address on the site.
    url: str
    # In pixels; 0 where nobody knows.
    width: int
    height: int
    # What it shows, in words.
    alt: str


# Where a link or an image of a text leads; "" when it is dead.
LinkTarget = str | Picture


def format_by_name(path: str) -> str:
    """The format that the ending of a file's name promises, or ""."""
    return FORMATS.get(PurePosixPath(path).suffix.lower(), "")


def is_shown(path: str) -> bool:
    """Whether browsers show a file of this name where a page has an image."""
    suffix = PurePosixPath(path).suffix.lower()
    return suffix in FORMATS or suffix in _OTHERS
