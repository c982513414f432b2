"""Rules with a limit: what is still right on the limit, and wrong just behind it."""

from __future__ import annotations

import pytest

from tests.world.parsed import problems_in
from tests.world.texts import GOOD_PIVOT, PIVOT_PATH

DECK = "Timing, hygiene and a calm voice carry over. Anatomy and charting do not."
BODY = "Nobody sends the plate back."


def texts(rule: str, old: str, new: str) -> list[str]:
    """What one rule says of the good pivot with one text changed."""
    assert old in GOOD_PIVOT
    return [
        problem.message for problem in problems_in({PIVOT_PATH: GOOD_PIVOT.replace(old, new)}, rule)
    ]


@pytest.mark.parametrize(("day", "warned"), [("2026-11-25", False), ("2026-11-26", True)])
def test_a_day_may_be_one_ahead_because_the_earth_has_two(day: str, warned: bool) -> None:
    source = f"sources:\n  - title: A book\n    url: https://a.com/\n    accessed: {day}\nskills:"
    assert bool(texts("future-date", "skills:", source)) is warned
    assert bool(texts("future-date", "updated: 2026-11-01", f"updated: {day}")) is warned


def test_an_accent_takes_no_room_in_search_results() -> None:
    # An e with an accent is two characters in this form, and as wide as an e.
    accented = "e\u0301"
    assert not texts("result-width", DECK, accented * 126)
    assert texts("result-width", DECK, accented * 127)
    assert not texts("result-width", DECK, "é" * 126)


def test_a_letter_of_east_asia_is_as_wide_as_it_is_high() -> None:
    # 985 pixels are 70 squares of 14; letters of other scripts count as a figure, 7.784 pixels.
    assert not texts("result-width", DECK, "料" * 70)
    assert texts("result-width", DECK, "料" * 71)
    assert not texts("result-width", DECK, "я" * 126)


def test_a_description_of_the_least_width_is_wide_enough() -> None:
    # 320 pixels are 41 figures of 7.784 pixels, and a bit.
    assert texts("result-width", DECK, "e" * 41)
    assert not texts("result-width", DECK, "e" * 42)


@pytest.mark.parametrize(("words", "warned"), [(29, True), (30, False)])
def test_a_section_of_thirty_words_is_long_enough(words: int, warned: bool) -> None:
    section = f"## A thin part\n\n{'word ' * words}\n\n## The mindset shift"
    assert bool(texts("thin-section", "## The mindset shift", section)) is warned


@pytest.mark.parametrize(
    ("span", "warned"),
    [("3 years", False), ("41 months", False), ("42 months", True), ("20 months", True)],
)
def test_a_text_may_differ_from_the_window_by_an_honest_about(span: str, warned: bool) -> None:
    claim = f"The move takes {span}. {BODY}"
    assert bool(texts("window-differs", BODY, claim)) is warned
