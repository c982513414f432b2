"""The format and the size of a picture, from its first bytes."""

from __future__ import annotations

from io import BytesIO

import pytest

from pivotgen.engines.assets.picture import read_picture
from pivotgen.model.picture import PictureFile
from tests.world import pictures
from tests.world.site import ROOT

svg = pictures.svg
COMMENT = b'<?xml version="1.0"?><!-- <svg width="1" height="1"> -->'


def read(data: bytes) -> PictureFile:
    return read_picture(BytesIO(data))


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (pictures.png(320, 200), PictureFile("PNG", 320, 200)),
        (pictures.gif(40, 30), PictureFile("GIF", 40, 30)),
        (pictures.jpeg(640, 480), PictureFile("JPEG", 640, 480)),
        (pictures.webp(800, 600), PictureFile("WebP", 800, 600)),
        (pictures.avif(1200, 630), PictureFile("AVIF", 1200, 630)),
        (svg('width="24" height="16"'), PictureFile("SVG", 24, 16)),
    ],
    ids=lambda value: getattr(value, "format", ""),
)
def test_a_picture_says_its_format_and_its_size(data: bytes, expected: PictureFile) -> None:
    assert read(data) == expected


@pytest.mark.parametrize("orientation", [5, 6, 7, 8])
def test_a_photograph_that_was_taken_upright_is_higher_than_wide(orientation: int) -> None:
    assert read(pictures.jpeg(640, 480, orientation)) == PictureFile("JPEG", 480, 640)


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ("width='24' height='16'", (24, 16)),
        ('width="24px" height="16.4"', (24, 16)),
        ('width="1in" height="2.54cm"', (96, 96)),
        ('width="12pt" height="1pc"', (16, 16)),
        ('viewBox="0 0 32 18"', (32, 18)),
        ('viewBox="-4,-4 , 20.5, 10"', (20, 10)),
        ('viewBox="0 0 0.4 8"', (1, 8)),
        ('width="64" viewBox="0 0 32 18"', (64, 36)),
        ('height="9" viewBox="0 0 32 18"', (16, 9)),
        ('width="100%" height="100%" viewBox="0 0 32 18"', (32, 18)),
        ('stroke-width="3" viewBox="0 0 32 18"', (32, 18)),
        ('width="2em" height="auto"', (0, 0)),
        ('width="1.2.3" height="4"', (0, 0)),
        ("", (0, 0)),
        ('viewBox="0 0 0 0"', (0, 0)),
        ('data-note="a > b" width="3" height="4"', (3, 4)),
    ],
)
def test_a_drawing_has_the_size_of_its_root_or_of_what_it_shows(
    attributes: str, size: tuple[int, int]
) -> None:
    assert read(svg(attributes)) == PictureFile("SVG", *size)


@pytest.mark.parametrize(
    "before", [b"\xef\xbb\xbf", b"\n  ", COMMENT, b"<!--" + b"-" * 9000 + b"-->"]
)
def test_what_stands_before_the_root_of_a_drawing_does_not_count(before: bytes) -> None:
    assert read(before + svg('width="8" height="9"')) == PictureFile("SVG", 8, 9)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"Not found",
        pictures.png(320, 200)[:20],
        pictures.png(320, 200).replace(b"\x00\x00\x01\x40", bytes(4)),
        pictures.jpeg(640, 480)[:30],
        pictures.webp(8, 8)[:20],
        pictures.avif(8, 8)[:40],
        b"<html><body><svgfoo></body></html>",
        b"\x00\x00\x00\x18ftypheic" + bytes(40),
    ],
)
def test_what_is_no_picture_has_no_format(data: bytes) -> None:
    assert read(data).format == ""


@pytest.mark.parametrize(
    "data",
    [pictures.png(320, 200).replace(b"IHDR", b"ward"), pictures.png(320, 200)[:8] + b"7" * 60],
)
def test_a_size_is_taken_only_from_where_one_stands(data: bytes) -> None:
    assert read(data) == PictureFile("PNG")


def test_a_file_that_git_lfs_has_says_how_to_fetch_it() -> None:
    pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"
    assert read(pointer) == PictureFile("", hint="Git LFS has it: run `git lfs pull`")


def test_the_pictures_of_the_theme_are_read() -> None:
    for name, expected in (("share.png", ("PNG", 1200, 630)), ("icon.svg", ("SVG", 32, 32))):
        with (ROOT / "assets" / name).open("rb") as file:
            assert read_picture(file)[:3] == expected
