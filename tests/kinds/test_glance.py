"""What a reader sees of a move at a glance, and where the page leads next."""

from __future__ import annotations

import pytest

from tests.world.edits import edit, first, page
from tests.world.html import article_of
from tests.world.site import World

FILE = "content/pivots/chef-to-nurse.md"
PAGE = "pivots/chef-to-nurse"
TITLE = "From Chef to Nurse: Plates for Pulses"


def built(world: World) -> World:
    result = world.run("build")
    assert result.returncode == 0, result.stderr
    return world


def titled(world: World, title: str) -> World:
    world.pivot("Chef", "Nurse")
    edit(world, FILE, "From Chef to Nurse: A View", title)
    return built(world)


def texts(world: World, selector: str) -> list[str]:
    return [node.text().strip() for node in page(world, PAGE).css(selector)]


def test_the_headline_links_both_roles_and_stays_the_whole_title(world: World) -> None:
    tree = page(titled(world, TITLE), PAGE)
    assert first(tree, "h1").text() == TITLE
    assert first(tree, "h1 .point").text() == "Plates for Pulses"
    links = [link.attributes["href"] for link in tree.css("h1 a")]
    assert links == ["/from/chef/", "/to/nurse/"]
    assert article_of(tree)["headline"] == TITLE


@pytest.mark.parametrize(
    "title",
    [
        "Nurse, lately Chef: Plates for Pulses",
        "From Chef to Nurse",
        "Plates for Pulses",
        "Chef Nurse: Plates for Pulses",
    ],
)
def test_a_title_that_does_not_name_the_roles_in_order_stands_under_them(
    world: World, title: str
) -> None:
    tree = page(titled(world, title), PAGE)
    assert first(tree, "h1").text() == title
    assert [link.attributes["href"] for link in tree.css(".path a")] == [
        "/from/chef/",
        "/to/nurse/",
    ]


@pytest.mark.parametrize(
    ("window", "start", "end"),
    [
        ("6 months", "25.0%", "25.0%"),
        ("1–2 years", "35.4%", "50.0%"),
        ("2–4 weeks", "10.2%", "10.2%"),
        ("6–12 years", "86.6%", "100.0%"),
    ],
)
def test_the_window_stands_on_a_scale_of_eight_years(
    world: World, window: str, start: str, end: str
) -> None:
    world.pivot("Chef", "Nurse")
    edit(world, FILE, "3–9 months", window)
    tree = page(built(world), PAGE)
    span = first(tree, ".scale .span").attributes
    assert (span["x1"], span["x2"]) == (start, end)
    assert first(tree, ".window strong").text() == window


def test_a_skill_says_what_it_becomes_where_its_file_does(world: World) -> None:
    world.pivot("Chef", "Nurse")
    edit(world, FILE, "  - Negotiation", "  - name: Negotiation\n    becomes: calm at the bedside")
    assert "Negotiation → becomes calm at the bedside" in texts(built(world), ".carried li")[0]
    assert "becomes" not in " ".join(texts(world, ".carried li")[1:])


@pytest.mark.parametrize(
    "item",
    [
        "{name: Negotiation, becomes: calm at the bedside}",
        '{name: "Negotiation", becomes: "calm at the bedside"}',
        "name: Negotiation\n    becomes: >-\n      calm at\n      the bedside",
    ],
)
def test_both_keys_may_be_written_in_every_form_of_yaml(world: World, item: str) -> None:
    world.pivot("Chef", "Nurse")
    edit(world, FILE, "  - Negotiation", f"  - {item}")
    assert "calm at the bedside" in texts(built(world), ".carried li")[0]


@pytest.mark.parametrize(
    ("item", "code", "message"),
    [
        ("becomes: calm", "missing-key", "the key `name` is missing in item 1 of `skills`"),
        ("name: Negotiation\n    become: calm", "unknown-key", "unknown key `become`"),
        ("name: Negotiation\n    becomes: [calm]", "wrong-type", "`becomes` must be text"),
        ("[Negotiation]", "wrong-type", "item 1 of `skills` must be text"),
        ("Negotiation: long talks", "wrong-type", "item 1 of `skills` must be text"),
    ],
)
def test_what_is_wrong_with_a_skill_is_told_at_its_place(
    world: World, item: str, code: str, message: str
) -> None:
    world.pivot("Chef", "Nurse")
    edit(world, FILE, "  - Negotiation", f"  - {item}")
    result = world.run("check")
    assert result.returncode == 1
    assert f"error[{code}]: {message}" in result.stderr
    assert "Traceback" not in result.stderr


def test_what_other_paths_also_name_is_said_where_two_of_them_do(world: World) -> None:
    world.pivot("Chef", "Nurse")
    for origin in ("Cook", "Baker", "Waiter"):
        world.pivot(origin, "Nurse")
        file = f"content/pivots/{origin.lower()}-to-nurse.md"
        edit(world, file, "  - Negotiation", "  - Negotiation\n  - Patience\n  - First aid")
    assert texts(built(world), ".asked a") == ["First aid", "Patience"]
    assert texts(world, ".glance a[href='#paths']") == ["3 other paths"]


def test_too_few_other_paths_say_nothing_of_what_a_role_asks_for(world: World) -> None:
    world.pivot("Chef", "Nurse")
    world.pivot("Cook", "Nurse")
    file = "content/pivots/cook-to-nurse.md"
    edit(world, file, "  - Negotiation", "  - Negotiation\n  - Patience\n  - First aid")
    assert texts(built(world), ".asked a") == []


def test_the_only_path_into_a_role_says_so_and_leads_to_the_nearest(world: World) -> None:
    world.pivot("Chef", "Nurse")
    world.pivot("Cook", "Baker")
    text = " ".join(texts(built(world), "section[aria-labelledby=paths]"))
    assert "Nobody has written another path into Nurse yet." in text
    links = page(world, PAGE).css("section[aria-labelledby=paths] .rows a")
    assert [link.attributes["href"] for link in links] == ["/pivots/cook-to-baker/"]
    assert texts(world, ".glance p:last-child") == ["Other ways in the only path here so far"]


def test_other_paths_are_rows_that_end_with_the_way_to_all_of_them(world: World) -> None:
    world.pivot("Chef", "Nurse")
    world.pivot("Cook", "Nurse")
    tree = page(built(world), PAGE)
    assert first(tree, ".rows a").text() == "From Cook"
    assert "shared: " in first(tree, ".rows .meta").text()
    assert first(tree, ".all a").attributes["href"] == "/to/nurse/"
