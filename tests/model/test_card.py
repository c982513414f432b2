"""The card of a pivot: what other pages may show of it."""

from __future__ import annotations

from dataclasses import fields

from pivotgen.model.view import Card


def test_a_card_holds_what_neighbours_may_know_and_nothing_of_the_body() -> None:
    names = [field.name for field in fields(Card)]
    assert names == [
        "url",
        "title",
        "description",
        "window",
        "origin",
        "target",
        "skills",
        "questions",
    ]
