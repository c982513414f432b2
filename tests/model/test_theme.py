"""The theme's values: what cannot be read or would break the stylesheet is refused."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pivotgen.model.theme import Theme, contrast
from tests.world.site import ROOT
from tests.world.thorough import tries

COLOURS = st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)


def grounds(name: str) -> list[str]:
    """The colours of paper, panel and card in the packaged stylesheet, light or dark."""
    text = (ROOT / "assets" / "style.css").read_text("utf-8")
    light, dark = text.split("prefers-color-scheme: dark", 1)
    part = light if name == "light" else dark.split("}", 1)[0]
    return re.findall(r"--(?:paper|panel|card): (#\w+)", part)


@pytest.mark.parametrize(
    ("first", "second", "ratio"),
    [("#000000", "#ffffff", 21.0), ("#fff", "#ffffff", 1.0), ("#767676", "#fff", 4.54)],
)
def test_contrast_is_that_of_the_accessibility_guidelines(
    first: str, second: str, ratio: float
) -> None:
    assert contrast(first, second) == pytest.approx(ratio, abs=0.005)
    assert contrast(first, second) == contrast(second, first)


@given(COLOURS)
@tries(100)
def test_an_accent_is_readable_on_every_ground_or_is_refused_with_one_that_is(colour: str) -> None:
    try:
        theme = Theme(accent=colour)
    except ValueError as error:
        theme = Theme(accent=str(error).split("`")[3])
    light, dark = re.findall(r"--accent: (#\w+)", theme.style)
    assert all(contrast(light, ground) >= 4.5 for ground in grounds("light"))
    assert all(contrast(dark, ground) >= 4.5 for ground in grounds("dark"))
    for accent, text in re.findall(r"--accent: (#\w+); --on-accent: (#\w+)", theme.style):
        assert contrast(accent, text) >= 4.5


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"accent": "green"}, "`green` is none"),
        ({"accent": "#12345"}, "`#12345` is none"),
        ({"accent": "#0b6e4f", "accent_dark": "#111111"}, "accent_dark `#111111` is hard to read"),
        ({"accent_dark": "#ffffff"}, "accent_dark needs accent"),
        ({"text_font": "Inter; color: red"}, "without `;`"),
        ({"heading_font": "Inter } body {"}, "without `}`"),
        ({"interface_font": "a</style>"}, "without `<`"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused(values: dict[str, str], message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        Theme(**values)


def test_a_site_without_values_has_no_stylesheet_for_them() -> None:
    assert Theme(logo="/assets/logo.svg").style == ""


def test_the_packaged_stylesheet_uses_no_value_that_it_does_not_declare() -> None:
    text = (ROOT / "assets" / "style.css").read_text("utf-8")
    used = set(re.findall(r"var\((--[\w-]+)", text))
    declared = set(re.findall(r"^ +(--[\w-]+):", text, re.M))
    assert used == declared
