"""echo: how many runs of words two pages may share."""

from __future__ import annotations

import re

from tests.world.site import World

# Phrases that no two pages share unless a test says so.
PIVOT = """\
---
title: {title}
description: {own} describes.
from: {a}
to: {b}
window: 3–9 months
tldr:
  - {own} points.
skills:
  - Negotiation
faqs:
  - question: {own} asks?
    answer: {own} answers.
---
{body}
"""
# Eight words are four runs of five, and nine words are five.
EIGHT = "every evening before closing somebody counts the knives"
NINE = "nobody ever asks whether the ward has a window"


def pivot(world: World, a: str, own: str, body: str) -> None:
    text = PIVOT.replace("{title}", f"{own} titles").replace("{own}", own).replace("{body}", body)
    world.pivot(a, "Nurse", text)


def test_four_shared_runs_are_a_turn_of_phrase_and_five_are_an_echo(world: World) -> None:
    assert (len(EIGHT.split()), len(NINE.split())) == (8, 9)
    pivot(world, "Baker", "Alder", f"Alder {EIGHT} birch.")
    pivot(world, "Chef", "Cedar", f"Cedar {EIGHT} elm.")
    pivot(world, "Miner", "Hazel", f"Hazel {NINE}.")
    pivot(world, "Pilot", "Maple", f"Maple {NINE}.")
    output = world.run("check").stderr
    echoes = re.findall(r"pivots/([\w-]+)\.md:(\d+):1: warning\[echo\]: (.*)", output)
    assert echoes == [
        (
            "pilot-to-nurse",
            "15",
            "“nobody ever asks whether the” and 4 more runs of 5 words also stand in "
            "content/pivots/miner-to-nurse.md:15",
        )
    ]


def test_runs_shared_with_two_pages_are_counted_for_each_of_them_alone(world: World) -> None:
    pivot(world, "Baker", "Alder", f"Alder {EIGHT} birch.")
    other = "four spoons hang above that old iron stove"
    pivot(world, "Chef", "Cedar", f"Cedar {other} elm.")
    pivot(world, "Miner", "Hazel", f"Hazel {EIGHT} larch. Pine {other} oak.")
    assert "echo" not in world.run("check").stderr
