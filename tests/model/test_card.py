"""The card of a pivot: what other pages may show of it."""

from __future__ import annotations

from dataclasses import fields

import pytest

from pivotgen.model.stored_card import StoredCard
from pivotgen.model.view import Card, Link
from pivotgen.model.window import Window

BODY = {"tldr", "html", "body", "headings", "answers", "references", "call"}


def test_a_card_holds_what_neighbours_may_know_and_nothing_of_the_body() -> None:
    assert not BODY & {field.name for field in fields(Card)}


@pytest.mark.parametrize(
    ("window", "months"),
    [
        (Window(3, 9, "month"), (3, 9)),
        (Window(1, 1, "month"), (1, 1)),
        (Window(1, 2, "year"), (12, 24)),
        (Window(6, 6, "year"), (72, 72)),
        (Window(1, 2, "week"), (1, 1)),
        (Window(6, 10, "week"), (1, 2)),
        (Window(26, 52, "week"), (6, 12)),
    ],
)
def test_windows_of_all_units_are_told_in_whole_months(
    window: Window, months: tuple[int, int]
) -> None:
    assert window.months == months


@pytest.mark.parametrize(
    ("title", "point"),
    [
        ("From Chef to Nurse: Trading Heat for Care", "Trading Heat for Care"),
        ("Chef to Nurse: Heat: The Long Way", "Heat: The Long Way"),
        ("De Chef à Nurse : changer de garde", "changer de garde"),
        ("From Chef to Nurse", "From Chef to Nurse"),
        ("From Chef to Nurse:", "From Chef to Nurse:"),
        ("A new life: from Chef to Nurse", "A new life: from Chef to Nurse"),
        ("From the kitchen to the ward: a long way", "From the kitchen to the ward: a long way"),
    ],
)
def test_the_point_of_a_title_is_what_it_says_beside_the_roles(title: str, point: str) -> None:
    chef, nurse = Link("Chef", "/from/chef/"), Link("Nurse", "/to/nurse/")
    card = StoredCard(
        "/pivots/a/", title, "What stays.", Window(3, 3, "month"), chef, nurse, (), ()
    )
    assert card.shown(str).point == point
