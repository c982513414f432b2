"""Small pictures of any size: their first bytes, which is all that programs look at for a size."""

from __future__ import annotations

import struct
import zlib


def png(width: int, height: int) -> bytes:
    """A whole PNG, all black."""
    rows = zlib.compress(b"".join(b"\0" + bytes(-(-width // 8)) for _ in range(height)))
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*part) for part in parts)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def gif(width: int, height: int) -> bytes:
    return b"GIF89a" + struct.pack("<HH", width, height) + bytes(20)


def jpeg(width: int, height: int, orientation: int = 1) -> bytes:
    """A JPEG whose camera was held as the Exif orientation says."""
    tag = struct.pack(">HHIHH", 0x0112, 3, 1, orientation, 0)
    exif = b"Exif\0\0MM\0*" + struct.pack(">IH", 8, 1) + tag + bytes(4)
    frame = struct.pack(">BHHB", 8, height, width, 3) + bytes(9)
    segments = ((0xE1, exif), (0xC0, frame), (0xDA, bytes(10)))
    return b"\xff\xd8" + b"".join(
        bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2) + data for marker, data in segments
    )


def webp(width: int, height: int) -> bytes:
    size = struct.pack("<I", width - 1)[:3] + struct.pack("<I", height - 1)[:3]
    chunk = b"VP8X" + struct.pack("<I", 10) + bytes(4) + size
    return b"RIFF" + struct.pack("<I", len(chunk) + 4) + b"WEBP" + chunk


def avif(width: int, height: int) -> bytes:
    """An AVIF with a property of its size; it has no pixels."""
    size = _box(b"ispe", bytes(4) + struct.pack(">II", width, height))
    linked = _box(b"ipma", bytes(4) + struct.pack(">IHBB", 1, 1, 1, 1))
    properties = _box(b"iprp", _box(b"ipco", size) + linked)
    primary = _box(b"pitm", bytes(4) + struct.pack(">H", 1))
    start = _box(b"ftyp", b"avif" + bytes(4) + b"avifmif1")
    return start + _box(b"meta", bytes(4) + primary + properties)


def _box(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data) + 8) + name + data


def svg(attributes: str) -> bytes:
    """A drawing whose root has these attributes; what is in it has a size too."""
    space = 'xmlns="http://www.w3.org/2000/svg"'
    return f'<svg {space} {attributes}><rect width="5" height="7"/></svg>'.encode()
