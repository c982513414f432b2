"""Compression: the bytes of a file to those of a smaller copy, the same on every machine.

gzip is a part of Python, and so is Zstandard from 3.14 on. Brotli is a library of the extra
`sidecars`.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec

# The levels of pages, which change often, and of files that browsers keep for ever.
_LEVELS = {"br": (9, 11), "gz": (9, 9), "zst": (9, 19)}
# Bits of the stretch of text in which brotli looks for what came before. With more it makes a
# table for each file, which takes ten times as long as most files need.
_SMALL_WINDOW, _LARGE_WINDOW = 16, 22
# A header of gzip, with neither a name nor a time in it.
_GZIP = zlib.MAX_WBITS | 16
# Where zlib says on which system it works.
_SYSTEM, _ANY_SYSTEM = 9, 255
_PACKAGES = {"br": "brotli", "zst": "zstandard"}


def lacking_packages(endings: Iterable[str]) -> list[tuple[str, str]]:
    """Those of these endings that need a package which is not installed, with its name."""
    return [
        (ending, package)
        for ending in endings
        if (package := _PACKAGES.get(ending)) and not _has(package)
    ]


def compressed(data: bytes, ending: str, *, kept: bool) -> bytes:
    """The copy with this ending; `kept` says whether browsers keep the file for ever."""
    level = _LEVELS[ending][kept]
    if ending == "gz":
        packed = bytearray(zlib.compress(data, level, _GZIP))
        packed[_SYSTEM] = _ANY_SYSTEM
        return bytes(packed)
    if ending == "br":
        brotli = import_module("brotli")
        is_small = len(data) <= 1 << _SMALL_WINDOW
        window = _SMALL_WINDOW if is_small and not kept else _LARGE_WINDOW
        result: bytes = brotli.compress(data, quality=level, lgwin=window)
        return result
    if _python_has_zstd():
        result = import_module("compression.zstd").compress(data, level)
    else:
        result = import_module("zstandard").compress(data, level)
    return result


def method(endings: Iterable[str]) -> bytes:
    """What decides on the bytes of copies besides the bytes of their files: levels, and versions of
    libraries."""
    libraries = {"gz": zlib.ZLIB_RUNTIME_VERSION, "br": "", "zst": ""}
    if "br" in endings:
        libraries["br"] = version("brotli")
    if "zst" in endings:
        if _python_has_zstd():
            libraries["zst"] = import_module("compression.zstd").zstd_version
        else:
            libraries["zst"] = ".".join(map(str, import_module("zstandard").ZSTD_VERSION))
    return ", ".join(f"{end} {_LEVELS[end]} {libraries[end]}" for end in endings).encode()


def _has(package: str) -> bool:
    return (package == "zstandard" and _python_has_zstd()) or bool(find_spec(package))


def _python_has_zstd() -> bool:
    return bool(find_spec("compression"))
