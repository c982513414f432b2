"""Lists that are too long for one page: what each of their pages shows."""

from __future__ import annotations

from itertools import pairwise

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


LISTS = pytest.mark.parametrize("base", ["to/nurse", "skills/negotiation"])
# The list itself; the page of a role also shows some pivots of the other side.
ROWS = "[aria-labelledby=pivots] tbody a"


@LISTS
def test_every_page_of_a_list_shows_the_next_pivots(listed: World, base: str) -> None:
    for number in range(1, PAGES + 1):
        cards = links(page(listed, part(base, number)), ROWS)
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
    numbers = ".pager a:not([rel])"
    assert [node.text() for node in tree.css(numbers)] == [str(at) for at in named]
    assert links(tree, numbers) == [f"/{part('to/nurse', at)}/" for at in named]
    assert first(tree, ".pager [aria-current=page]").text() == str(number)


@pytest.mark.parametrize("number", range(1, PAGES + 1))
def test_a_pager_leads_to_the_page_before_and_behind_and_marks_gaps(
    listed: World, number: int
) -> None:
    tree = page(listed, part("to/nurse", number))
    for rel, at in (("prev", number - 1), ("next", number + 1)):
        there = [f"/{part('to/nurse', at)}/"] if 1 <= at <= PAGES else []
        assert links(tree, f".pager [rel={rel}]") == there
    shown = [node.text().strip() for node in tree.css(".pager li:not(:has([rel]))")]
    numbers = [int(text) for text in shown if text != "…"]
    marks = [int(shown[at - 1]) for at, text in enumerate(shown) if text == "…"]
    assert marks == [a for a, b in pairwise(numbers) if b > a + 1]
    assert first(tree, ".pager [aria-current]").attributes["aria-label"] == f"page {number}"


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
        assert links(tree, "main .chips a") == ([*bring, "/to/nurse/"] if number == 1 else [])


def test_a_list_of_one_page_has_no_pager(listed: World) -> None:
    assert not page(listed, "from/chef-1").css(".pager")


def test_an_empty_list_says_so_and_counts_nothing(listed: World) -> None:
    tree = page(listed, "from/nurse")
    assert first(tree, "main h2").text() == "0 career pivots"
    assert not tree.css("[aria-labelledby=pivots] table")
    assert len(tree.css("[aria-labelledby=others] tbody tr")) == PAGES
    assert links(tree, "main header a") == ["/to/nurse/"]
    assert "(7)" in first(tree, "main header").text()


def test_every_page_of_a_list_is_in_the_sitemap_once(
    listed: World,
) -> None:
    text = listed.read("sitemap.xml")
    for base in ("to/nurse", "to/nurse/questions", "skills/negotiation"):
        for number in range(1, PAGES + 1):
            url = f"/{part(base, number)}/"
            assert text.count(f"<loc>https://aicareerpivot.com{url}</loc>") == 1, url
    assert "/to/nurse/page/8/" not in text


def test_only_the_first_page_of_a_list_says_how_many_pivots_it_has(listed: World) -> None:
    assert first(page(listed, "to/nurse"), "#pivots").text() == "7 career pivots"
    for number in range(2, PAGES + 1):
        assert "7 career" not in listed.read(f"{part('to/nurse', number)}/index.html")
        assert not page(listed, part("to/nurse", number)).css("[aria-labelledby=others]")


def test_crumbs_name_the_list_and_then_the_page(listed: World) -> None:
    tree = page(listed, "to/nurse/page/3")
    shown = [node.text() for node in tree.css(".crumbs li")]
    assert shown == ["Career pivots", "Roles", "Paths into Nurse", "page 3"]
    assert links(tree, ".crumbs a") == ["/", "/roles/", "/to/nurse/"]
    assert first(tree, ".crumbs [aria-current=page]").text() == "page 3"


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> World:
    """More roles and more skills than one page of a directory lists: 246 each."""
    world = World(tmp_path_factory.mktemp("crowded"))
    for number in range(123):
        text = with_keys().replace(
            "- Negotiation", f"- Skill {number:03} a\n  - Skill {number:03} b"
        )
        world.pivot(f"Chef {number:03}", f"Nurse {number:03}", text)
    world.pivot("Élagueur", "Nurse 000")
    result = world.run("build")
    assert result.returncode == 0, result.stderr
    return world


@pytest.mark.parametrize(("base", "total"), [("roles", 247), ("skills", 247)])
def test_an_index_lists_every_name_on_one_of_its_pages(
    crowded: World, base: str, total: int
) -> None:
    pages = [page(crowded, path) for path in (base, f"{base}/page/2")]
    entries = [links(tree, "main section li a") for tree in pages]
    assert [len(part) for part in entries] == [240, total - 240]
    assert len({*entries[0], *entries[1]}) == total
    assert not (crowded.folder / "public" / base / "page" / "3").exists()


def test_letters_lead_to_where_they_begin_whatever_accents_they_have(crowded: World) -> None:
    for path in ("roles", "roles/page/2"):
        tree = page(crowded, path)
        assert links(tree, ".letters a") == [
            "/roles/#letter-c",
            "/roles/#letter-e",
            "/roles/#letter-n",
        ]
    tree = page(crowded, "roles")
    assert [node.text() for node in tree.css("main h2")] == ["C", "E", "N"]
    assert links(tree, "[aria-labelledby=letter-e] a") == ["/from/élagueur/".replace("é", "%C3%A9")]


def test_the_explorer_of_a_large_site_stays_short_and_leads_to_the_index(crowded: World) -> None:
    tree = page(crowded, "")
    assert len(tree.css(".directory a")) == 48
    assert links(tree, ".letters a")[0] == "/roles/#letter-c"
    assert {"/roles/", "/skills/"} <= set(links(tree, "main a"))
    assert not tree.css(".every")
    assert not (crowded.folder / "public" / "page").exists()


@pytest.fixture(scope="module")
def lettered(tmp_path_factory: pytest.TempPathFactory) -> World:
    """As many roles as get an index of their letters: 100."""
    world = World(tmp_path_factory.mktemp("lettered"))
    for number in range(50):
        world.pivot(f"Chef {number:02}", f"Nurse {number:02}")
    world.write("content/roles/chef-00.md", ROLE.replace("Nurse", "Chef 00"))
    result = world.run("build")
    assert result.returncode == 0, result.stderr
    return world


def test_the_explorer_has_an_index_of_letters_from_a_hundred_roles_on(lettered: World) -> None:
    tree = page(lettered, "")
    assert links(tree, ".letters a") == ["#letter-c", "#letter-n"]
    assert [node.attributes["id"] for node in tree.css(".fields h3")] == ["letter-c", "letter-n"]
    assert len(tree.css(".directory a")) == 100
    (lettered.folder / "content/pivots/chef-49-to-nurse-49.md").unlink()
    assert lettered.run("build").returncode == 0
    assert not page(lettered, "").css(".letters")
    assert not page(lettered, "roles").css(".letters")


def test_an_index_says_what_is_known_of_a_role(lettered: World) -> None:
    item = next(node for node in page(lettered, "roles").css(".index li") if "00" in node.text())
    assert [node.text() for node in item.css(".about, .ways")] == [
        "0 in · 1 out",
        "Looks after patients.",
    ]
