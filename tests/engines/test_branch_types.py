"""Layouts with branches: what a name is after them, as far as it can be known."""

from __future__ import annotations

from tests.world.edits import first, page
from tests.world.site import World


def block(world: World, text: str) -> None:
    """Put a text at the start of the skill layout's main block."""
    layout = (world.folder / "layouts" / "skill.html").read_text("utf-8")
    start = "{% block main %}\n"
    assert layout.count(start) == 1
    world.write("layouts/skill.html", layout.replace(start, f"{start}{text}\n"))


def test_a_name_that_is_something_else_in_each_branch_is_not_taken_for_the_first(
    world: World,
) -> None:
    world.pivot("Chef", "Nurse")
    block(
        world,
        "{% if not view.cards %}{% set it = view.head %}"
        "{% elif view.total > 1 %}{% set it = view.origins[0] %}"
        "{% else %}{% set it = view.cards[0] %}{% endif %}"
        '<p class="it">{{ it.window }}</p>',
    )
    result = world.run("build")
    assert result.returncode == 0, result.stderr
    assert first(page(world, "skills/negotiation"), ".it").text() == "3–9 months"


def test_a_name_that_one_branch_alone_sets_is_not_taken_for_it_after(world: World) -> None:
    world.pivot("Chef", "Nurse")
    block(
        world,
        "{% set it = view.cards[0] %}{% if not view.total %}{% set it = view.head %}{% endif %}"
        '<p class="it">{{ it.window }}</p>',
    )
    result = world.run("build")
    assert result.returncode == 0, result.stderr
    assert first(page(world, "skills/negotiation"), ".it").text() == "3–9 months"


def test_a_name_that_is_something_else_in_a_middle_branch_is_not_taken_for_the_others(
    world: World,
) -> None:
    world.pivot("Chef", "Nurse")
    block(
        world,
        "{% set it = view.cards[0] %}{% if not view.cards %}{% set it = view.cards[1] %}"
        "{% elif view.total %}{% set it = view.head %}{% endif %}"
        '<p class="it">{{ it.canonical }}</p>',
    )
    result = world.run("build")
    assert result.returncode == 0, result.stderr
    address = "https://aicareerpivot.com/skills/negotiation/"
    assert first(page(world, "skills/negotiation"), ".it").text() == address


def test_a_name_that_is_the_same_in_every_branch_is_known_after(world: World) -> None:
    world.pivot("Chef", "Nurse")
    block(
        world,
        "{% set it = view.cards[0] %}{% if view.total %}{% set it = view.cards[1] %}"
        "{% else %}{% set it = view.cards[2] %}{% endif %}{{ it.tilte }}",
    )
    output = world.run("build").stderr
    assert "`it.tilte` does not exist" in output
    assert "did you mean `title`?" in output


def test_what_a_branch_asks_for_in_vain_is_told_in_every_branch(world: World) -> None:
    world.pivot("Chef", "Nurse")
    block(
        world,
        "{% if view.total %}{{ view.aa }}{% elif view.name %}{{ view.bb }}"
        "{% else %}{{ view.cc }}{% endif %}{% for one in view.cards %}{% else %}{{ view.dd }}"
        "{% endfor %}",
    )
    output = world.run("build").stderr
    for name in ("aa", "bb", "cc", "dd"):
        assert f"`view.{name}` does not exist" in output
