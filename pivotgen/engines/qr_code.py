"""QR codes: an address as a small square that phones read, after ISO/IEC 18004.

Only what addresses need: bytes, the lowest level of correction, one mask. A code is linear: each
byte of the message turns over the same modules whatever stands beside it. So a code is the
exclusive or of one number for each byte, and numbers are remembered.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from pivotgen.model.lazy_dataclass import dataclass

# Codewords of data and of correction, by version; these versions have one block of them.
_CODEWORDS = {1: (19, 7), 2: (34, 10), 3: (55, 15), 4: (80, 20), 5: (108, 26)}
# The mode of bytes and the length take 12 bits, and 4 end the message.
_AROUND = 2
_BYTES_MODE = 0b0100
_PADDING = (0xEC, 0x11)
# What says the lowest level of correction and mask 0, with its own correction.
_FORMAT = 0b111011111000100
# What stands between two rows, beside the letters of eight modules.
_ROW = "\u0100"
# The polynomial of the field that codes are computed in.
_FIELD = 0x11D


@dataclass(frozen=True, slots=True)
class QrCode:
    """A code as a path of SVG: strokes one wide, in a square of `size`."""

    size: int
    path: str


class _Turned(dict[int, int]):
    """The modules that each value of the byte at one place turns over, filled in as they come."""

    __slots__ = ("_high", "_low")

    def __init__(self, high: tuple[int, ...], low: tuple[int, ...]) -> None:
        self._high, self._low = high, low

    def __missing__(self, value: int) -> int:
        turned = self[value] = self._high[value >> 4] ^ self._low[value & 15]
        return turned


class _Version(NamedTuple):
    """All that is the same for each code of one size."""

    size: int
    data: int
    # The modules that no message changes, as a number: a bit for each, row by row.
    fixed: int
    # The modules that each byte of the message turns over, by its place and its value.
    turned: tuple[_Turned, ...]


def qr_code(text: str) -> QrCode | None:
    """The code of a text; None for one of more than 106 bytes."""
    message = text.encode()
    number = next((n for n, (data, _) in _CODEWORDS.items() if len(message) + _AROUND <= data), 0)
    if not number:
        return None
    version = _version(number)
    rest = version.data - len(message) - _AROUND
    bits = (_BYTES_MODE << 8 | len(message)) << 8 * len(message) | int.from_bytes(message, "big")
    padding = bytes(_PADDING[at % 2] for at in range(rest))
    codewords = (bits << 4).to_bytes(len(message) + _AROUND, "big") + padding
    modules = version.fixed
    for value, turned in zip(codewords, version.turned, strict=True):
        modules ^= turned[value]
    return QrCode(version.size, _path(modules, version.size))


def _path(modules: int, size: int) -> str:
    """Rows of eight modules at a time, each a letter that stands for its strokes."""
    width = -(-size // 8)
    whole = modules.to_bytes(size * width, "big").decode("latin-1")
    rows = [whole[start : start + width] for start in range(0, len(whole), width)]
    return "M0 .5" + _ROW.join(rows).translate(_strokes(width))


@cache
def _strokes(width: int) -> dict[int, str]:
    """The strokes of each eight modules, and the way to the next row."""
    strokes = {ord(_ROW): f"m-{width * 8} 1"}
    for value in range(256):
        runs = f"{value:08b}".replace("01", "0 1").replace("10", "1 0").split()
        strokes[value] = "".join(
            f"h{len(run)}" if run[0] == "1" else f"m{len(run)} 0" for run in runs
        )
    return strokes


@cache
def _version(number: int) -> _Version:
    size, (data, correction) = 17 + 4 * number, _CODEWORDS[number]
    width = -(-size // 8) * 8

    def bit(x: int, y: int) -> int:
        return 1 << ((size - 1 - y) * width + width - 1 - x)

    dark = _fixed_modules(number, size)
    fixed = sum(bit(x, y) for (x, y), is_dark in dark.items() if is_dark)
    way = [place for place in _way(size) if place not in dark]
    # The mask turns over every other module.
    fixed ^= sum(bit(x, y) for x, y in way if (x + y) % 2 == 0)
    places = [bit(x, y) for x, y in way]
    halves = [_turned(places, at, data, correction) for at in range(2 * data)]
    turned = map(_Turned, halves[::2], halves[1::2])
    return _Version(size, data, fixed, tuple(turned))


def _turned(places: list[int], at: int, data: int, correction: int) -> tuple[int, ...]:
    """The modules that each value of a half byte turns over.

    These are its own bits, and those of the correction that it changes.
    """
    last = 8 * (data + correction) - 1
    modules = [0]
    for number in range(4):
        codeword = 1 << number + 4 * (at % 2 == 0)
        bits = _correction_of(codeword, data - 1 - at // 2, correction)
        turned = places[4 * at + 3 - number]
        for index in range(8 * correction):
            if bits >> index & 1:
                turned ^= places[last - index]
        modules += [each ^ turned for each in modules]
    return tuple(modules)


@cache
def _correction_of(codeword: int, power: int, correction: int) -> int:
    """The codewords of correction of a message that has one codeword, so many before its end."""
    if power < 0:
        return codeword << 8 * (correction - 1)
    before = _correction_of(codeword, power - 1, correction)
    top = before >> 8 * (correction - 1)
    shifted = (before << 8) & ((1 << 8 * correction) - 1)
    for at, factor in enumerate(_divisor(correction)):
        shifted ^= _times(factor, top) << 8 * (correction - 1 - at)
    return shifted


@cache
def _divisor(degree: int) -> tuple[int, ...]:
    """The polynomial that messages are divided by, without its first coefficient."""
    result, root = [0] * (degree - 1) + [1], 1
    for _ in range(degree):
        for at in range(degree):
            result[at] = _times(result[at], root)
            if at + 1 < degree:
                result[at] ^= result[at + 1]
        root = _times(root, 2)
    return tuple(result)


@cache
def _times(factor: int, other: int) -> int:
    """The product of two numbers of the field."""
    product = 0
    for at in range(7, -1, -1):
        product = (product << 1) ^ (product >> 7) * _FIELD
        product ^= (other >> at & 1) * factor
    return product


def _fixed_modules(number: int, size: int) -> dict[tuple[int, int], bool]:
    """Whether each module that holds no message is dark, by its column and row."""
    dark = {(at, 6): at % 2 == 0 for at in range(size)} | {
        (6, at): at % 2 == 0 for at in range(size)
    }
    if number > 1:
        middle = size - 7
        for x in range(-2, 3):
            for y in range(-2, 3):
                dark[middle + x, middle + y] = max(abs(x), abs(y)) != 1
    for left, top in ((3, 3), (size - 4, 3), (3, size - 4)):
        for x in range(-4, 5):
            for y in range(-4, 5):
                if 0 <= left + x < size and 0 <= top + y < size:
                    dark[left + x, top + y] = max(abs(x), abs(y)) not in (2, 4)
    for at, (place, copy) in enumerate(_format_places(size)):
        dark[place] = dark[copy] = bool(_FORMAT >> at & 1)
    dark[8, size - 8] = True
    return dark


def _format_places(size: int) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Where each bit of the format stands, the last first, and where it stands again."""
    for at in range(15):
        if at < 6:
            place = 8, at
        elif at < 9:
            place = ((8, 7), (8, 8), (7, 8))[at - 6]
        else:
            place = 14 - at, 8
        yield place, ((size - 1 - at, 8) if at < 8 else (8, size - 15 + at))


def _way(size: int) -> Iterator[tuple[int, int]]:
    """Every column and row in the order of the message: two columns at a time, up and down."""
    for right in range(size - 1, 0, -2):
        column = right - (right <= 6)
        is_up = (column + 1) & 2 == 0
        for at in range(size):
            y = size - 1 - at if is_up else at
            yield column, y
            yield column - 1, y
