"""Lists that are too long for one page: what each of their pages shows."""

from __future__ import annotations

import pytest

from tests.world.edits import configure, first, links, page, with_keys
from tests.world.site import World

PAGES = 7
ROLE = """\
---
name: Nurse
description: Looks after patients.
---
## The work

A long shift.
"""


@pytest.fixture(scope="module")
def listed(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Seven pivots into one role, with one skill; each page of a list holds one pivot."""
    world = World(tmp_path_factory.mktemp("listed"))
    configure(world, "page_size=1")
    for number in range(1, PAGES + 1):
        world.pivot(f"Chef {number}", "Nurse")
    world.write("content/roles/nurse.md", ROLE)
    result = world.run("build")
    assert result.returncode == 0, result.stderr
    return world


def part(base: str, number: int) -> str:
    """The path of one page of a list."""
    return base if number == 1 else f"{base}/page/{number}".lstrip("/")


LISTS = pytest.mark.parametrize("base", ["", "to/nurse", "skills/negotiation"])


@LISTS
def test_every_page_of_a_list_shows_the_next_pivots(listed: World, base: str) -> None:
    for number in range(1, PAGES + 1):
        cards = links(page(listed, part(base, number)), ".card h3 a")
        assert cards == [f"/pivots/chef-{number}-to-nurse/"]


@pytest.mark.parametrize(
    ("number", "named"),
    [
        (1, [1, 2, 3, 7]),
        (2, [1, 2, 3, 4, 7]),
        (3, [1, 2, 3, 4, 5, 7]),
        (4, [1, 2, 3, 4, 5, 6, 7]),
        (5, [1, 3, 4, 5, 6, 7]),
        (6, [1, 4, 5, 6, 7]),
        (7, [1, 5, 6, 7]),
    ],
)
def test_a_pager_names_two_pages_to_each_side_and_both_ends(
    listed: World, number: int, named: list[int]
) -> None:
    tree = page(listed, part("to/nurse", number))
    assert [node.text() for node in tree.css(".pager a")] == [str(at) for at in named]
    assert links(tree, ".pager a") == [f"/{part('to/nurse', at)}/" for at in named]
    assert first(tree, ".pager [aria-current=page]").text() == str(number)


@LISTS
def test_every_page_after_the_first_says_its_number_in_its_title(listed: World, base: str) -> None:
    titles = [first(page(listed, part(base, at)), "title").text() for at in range(1, PAGES + 1)]
    assert "(page" not in titles[0]
    for number in range(2, PAGES + 1):
        assert f"(page {number})" in titles[number - 1]
    addresses = [
        first(page(listed, part(base, at)), "link[rel=canonical]").attributes["href"]
        for at in range(1, PAGES + 1)
    ]
    assert len(set(addresses)) == PAGES


def test_the_text_about_a_role_stands_on_the_first_page_into_it_only(listed: World) -> None:
    texts = [page(listed, part("to/nurse", at)).css(".prose") for at in range(1, PAGES + 1)]
    assert [len(nodes) for nodes in texts] == [1] + [0] * (PAGES - 1)
    assert "A long shift." in texts[0][0].text()
    assert not page(listed, "from/nurse").css(".prose")


def test_the_roles_of_a_skill_stand_on_its_first_page_only(listed: World) -> None:
    bring = [f"/from/chef-{number}/" for number in range(1, PAGES + 1)]
    for number in range(1, PAGES + 1):
        tree = page(listed, part("skills/negotiation", number))
        assert links(tree, "main > .chips a") == ([*bring, "/to/nurse/"] if number == 1 else [])


def test_a_list_of_one_page_has_no_pager(listed: World) -> None:
    assert not page(listed, "from/chef-1").css(".pager")


def test_an_empty_list_says_so_and_counts_nothing(listed: World) -> None:
    tree = page(listed, "from/nurse")
    assert first(tree, "main h2").text() == "0 career pivots"
    assert not tree.css(".card")
    assert links(tree, "main header a") == ["/to/nurse/"]
    assert "(7)" in first(tree, "main header").text()


def test_every_page_of_a_list_is_in_the_sitemap_once(
    listed: World,
) -> None:
    text = listed.read("sitemap.xml")
    for base in ("", "to/nurse", "skills/negotiation"):
        for number in range(1, PAGES + 1):
            url = f"/{part(base, number)}/".replace("//", "/")
            assert text.count(f"<loc>https://aicareerpivot.com{url}</loc>") == 1, url
    assert "/to/nurse/page/8/" not in text


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> World:
    """More roles and more skills than one page of the explorer lists: 246 each."""
    world = World(tmp_path_factory.mktemp("crowded"))
    configure(world, "page_size=62")
    for number in range(123):
        text = with_keys().replace(
            "- Negotiation", f"- Skill {number:03} a\n  - Skill {number:03} b"
        )
        world.pivot(f"Chef {number:03}", f"Nurse {number:03}", text)
    result = world.run("build")
    assert result.returncode == 0, result.stderr
    return world


def test_the_explorer_lists_every_role_and_skill_on_one_of_its_pages(crowded: World) -> None:
    pages = [page(crowded, number) for number in ("", "page/2")]
    skills = [links(tree, "#skills ~ .chips a") for tree in pages]
    assert [len(part) for part in skills] == [240, 6]
    assert len(set(skills[0] + skills[1])) == 246
    roles = [links(tree, ".roles a") for tree in pages]
    assert [len(part) for part in roles] == [240, 6]
    assert len(set(roles[0] + roles[1])) == 246
    assert not (crowded.folder / "public" / "page" / "3").exists()
