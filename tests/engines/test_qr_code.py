"""QR codes, read again the long way: module by module, with the correction proved."""

from __future__ import annotations

import re
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pivotgen.engines.qr_code import QrCode, qr_code
from tests.world.thorough import tries

# Codewords of data and of correction, by size.
SIZES = {21: (19, 7), 25: (34, 10), 29: (55, 15), 33: (80, 20), 37: (108, 26)}


def modules(code: QrCode) -> set[tuple[int, int]]:
    """The dark modules, by column and row."""
    dark, x, y = set(), 0, 0
    for stroke, right, down in re.findall(r"([hm])(-?\d+)(?: (\d))?", code.path):
        if stroke == "h":
            dark |= {(x + step, y) for step in range(int(right))}
        x, y = x + int(right), y + int(down or 0)
    return dark


def is_message(x: int, y: int, size: int) -> bool:
    in_corner = (x < 9 and y < 9) or (x < 9 and y > size - 9) or (x > size - 9 and y < 9)
    in_square = size > 21 and abs(x - size + 7) < 3 and abs(y - size + 7) < 3
    return not (in_corner or in_square or 6 in (x, y))


def codewords(code: QrCode) -> bytes:
    dark, bits = modules(code), ""
    columns = [*range(code.size - 1, 6, -2), 5, 3, 1]
    for turn, column in enumerate(columns):
        rows = range(code.size) if turn % 2 else range(code.size - 1, -1, -1)
        for y in rows:
            for x in (column, column - 1):
                if is_message(x, y, code.size):
                    bits += "01"[((x, y) in dark) != ((x + y) % 2 == 0)]
    count = sum(SIZES[code.size])
    return int(bits[: 8 * count], 2).to_bytes(count, "big")


def times_two(value: int) -> int:
    return (value << 1) ^ (0x11D if value > 127 else 0)


def remainder(words: bytes, degree: int) -> list[int]:
    """The values of the whole at the roots; all of them are 0 where nothing is wrong."""
    values = []
    for root in range(degree):
        value = 0
        for word in words:
            for _ in range(root):
                value = times_two(value)
            value ^= word
        values.append(value)
    return values


def text_of(code: QrCode) -> str:
    bits = f"{int.from_bytes(codewords(code), 'big'):0{8 * sum(SIZES[code.size])}b}"
    assert bits[:4] == "0100"
    length = int(bits[4:12], 2)
    return int(bits[12 : 12 + 8 * length], 2).to_bytes(length, "big").decode()


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60))
@tries(60)
def test_a_code_says_its_text_and_nothing_of_it_is_wrong(text: str) -> None:
    code = qr_code(text)
    if code is None:
        assert len(text.encode()) > 106
        return
    assert text_of(code) == text
    assert not any(remainder(codewords(code), SIZES[code.size][1]))


@pytest.mark.parametrize(
    ("length", "size"),
    [(17, 21), (18, 25), (32, 25), (33, 29), (53, 29), (54, 33), (78, 33), (79, 37), (106, 37)],
)
def test_a_code_is_as_small_as_its_text_allows(length: int, size: int) -> None:
    code = qr_code("a" * length)
    assert code
    assert code.size == size
    assert text_of(code) == "a" * length


def test_a_text_that_is_too_long_has_none() -> None:
    assert qr_code("a" * 107) is None
    assert qr_code("é" * 54) is None


def test_a_code_that_two_other_programs_read_and_make_the_same_stays_so() -> None:
    code = qr_code("https://aicareerpivot.com/pivots/software-engineer-to-product-manager/")
    assert code
    places = " ".join(f"{x},{y}" for x, y in sorted(modules(code)))
    assert sha256(places.encode()).hexdigest()[:16] == "2df43b73a0a62374"
