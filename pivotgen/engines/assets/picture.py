"""Picture: the format and the size of a picture, from the first bytes of its file."""

from __future__ import annotations

import re
import struct
from typing import BinaryIO

from pivotgen.model.picture import PictureFile

# The root of a drawing stands within these bytes, behind comments at most.
_ROOT_WITHIN = 65_536
_ROOT = re.compile(rb"""<!--.*?-->|<svg\b((?:[^>"']|"[^"]*"|'[^']*')*)>""", re.DOTALL)
_ATTRIBUTE = r"""(?:^|\s)%s\s*=\s*["']([^"']*)["']"""
# A length in a unit that has a size of its own, and that size in pixels (CSS Values 4).
_LENGTH = re.compile(r"\s*([\d.]+(?:e[+-]?\d+)?)\s*(px|in|cm|mm|pt|pc|)\s*", re.IGNORECASE)
_PIXELS = {"": 1, "px": 1, "in": 96, "cm": 96 / 2.54, "mm": 96 / 25.4, "pt": 96 / 72, "pc": 16}
_NO_SIZE = PictureFile("PNG")
_LFS = b"version https://git-lfs"


def read_picture(file: BinaryIO) -> PictureFile:
    """What the first bytes of an open file say; it need not be a picture."""
    head = file.read(64)
    name = _format(head)
    if name == "PNG" and len(head) >= 24:
        # Without this mark, what stands there is no size.
        has_size = head[12:16] == b"IHDR"
        return _of_size("PNG", *struct.unpack(">II", head[16:24])) if has_size else _NO_SIZE
    if name in ("AVIF", "GIF", "JPEG", "WebP"):
        # It takes long to import, and most sites have only PNG and SVG.
        import imagesize

        return _of_size(name, *imagesize.get(file))
    if match := _root(head + file.read(_ROOT_WITHIN)):
        return PictureFile("SVG", *_size_of_drawing(match[1].decode("utf-8", "replace")))
    if head.startswith(_LFS):
        return PictureFile("", hint="Git LFS has it: run `git lfs pull`")
    return PictureFile("")


def _format(head: bytes) -> str:
    """The format that a file begins like, or "" for SVG and everything else."""
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "WebP"
    is_avif = head[4:8] == b"ftyp" and re.search(rb"avi[fs]", head[8:])
    return "AVIF" if is_avif else ""


def _of_size(name: str, width: int, height: int) -> PictureFile:
    """The picture, or none when its size shows that the file is damaged."""
    return PictureFile(name, width, height) if width > 0 and height > 0 else PictureFile("")


def _root(data: bytes) -> re.Match[bytes] | None:
    """The first tag of a drawing; comments do not count."""
    return next((match for match in _ROOT.finditer(data) if match[1] is not None), None)


def _size_of_drawing(attributes: str) -> tuple[int, int]:
    """Width and height in pixels; zeros where the drawing has no size of its own."""
    width, height = (_length(attributes, name) for name in ("width", "height"))
    box = re.search(_ATTRIBUTE % "viewBox", attributes)
    numbers = [float(part) for part in re.findall(r"-?\d*\.?\d+", box[1])] if box else []
    if len(numbers) == 4 and numbers[2] > 0 and numbers[3] > 0:
        ratio = numbers[2] / numbers[3]
        if not (width or height):
            width, height = numbers[2], numbers[3]
        width, height = width or height * ratio, height or width / ratio
    if not (width and height):
        return 0, 0
    return max(1, round(width)), max(1, round(height))


def _length(attributes: str, name: str) -> float:
    """A length in pixels; 0 for none, and for one that depends on the page."""
    written = re.search(_ATTRIBUTE % name, attributes)
    match = _LENGTH.fullmatch(written[1]) if written else None
    try:
        return float(match[1]) * _PIXELS[match[2].lower()] if match else 0.0
    except ValueError:
        return 0.0
