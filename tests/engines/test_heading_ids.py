"""Fragment ids of a page: each stands once, and links to them stay the same."""

from __future__ import annotations

from collections import Counter

from tests.world.edits import page, with_keys
from tests.world.site import World

BODY = """
## Money

First.

## Money

Second.

## Money

Third.

## Money 2

This one looks like an id that was given out above.

## ¿?

Nothing of it can be part of an id.

## Skills

The layouts have an id like this.

## Is it hard?

A question has the same words.

Setext money
------------

Text.

- A list before a heading.

## Money
Not parted from its text.
"""


def test_headings_and_questions_with_the_same_words_get_ids_of_their_own(world: World) -> None:
    world.pivot("Chef", "Nurse", with_keys(body=BODY))
    result = world.run("build")
    assert result.returncode == 0, result.stderr
    tree = page(world, "pivots/chef-to-nurse")
    ids = [node.attributes["id"] or "" for node in tree.css("[id]")]
    assert [name for name, times in Counter(ids).items() if times > 1] == []
    headings = [node.attributes["id"] for node in tree.css(".prose > h2:not(#questions)")]
    assert headings == [
        "your-built-in-advantages",
        "money",
        "money-2",
        "money-3",
        "money-2-2",
        "part",
        "skills-2",
        "is-it-hard",
        "setext-money",
        "money-4",
    ]
    assert [node.attributes["id"] for node in tree.css("#questions ~ h3")] == ["is-it-hard-2"]


def test_a_link_reaches_each_of_several_equal_headings(world: World) -> None:
    links = "".join(f"\n[{number}](chef-to-nurse.md#money-{number})\n" for number in (2, 3))
    world.pivot("Chef", "Nurse", with_keys(body=BODY))
    world.pivot("Pilot", "Nurse", with_keys(body=links))
    assert world.run("build").returncode == 0
    world.pivot("Baker", "Nurse", with_keys(body="\n[5](chef-to-nurse.md#money-5)\n"))
    assert "has no part called `#money-5`" in world.run("build").stderr
