"""The order of links on a page: it is chosen for readers, and is the same every time."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.world.edits import links, page, with_keys
from tests.world.site import World

ROLE = "---\nname: {name}\nfield: {field}\ndescription: What a {name} is for.\n---\nSome text.\n"
# The roles that pivots leave: their skills, and the roles that they reach.
MOVES = {
    "Zookeeper": ("Nurse", "Medic", "Guide"),
    "Baker": ("Nurse",),
    "Chef": ("Nurse", "Medic"),
}


def skills(*names: str) -> str:
    listed = "".join(f"  - {name}\n" for name in names)
    return with_keys().replace("  - Negotiation\n", listed)


@pytest.fixture(scope="module")
def ordered(tmp_path_factory: pytest.TempPathFactory) -> World:
    world = World(tmp_path_factory.mktemp("ordered"))
    for origin, targets in MOVES.items():
        for target in targets:
            world.pivot(origin, target, skills("Zeal", "Care", "Tact", "Aim"))
    world.pivot("Pilot", "Nurse", skills("Care", "Zeal"))
    for number in range(9):
        world.pivot("Pilot", f"Role {number}", skills("Flying"))
    for name, field in (("Nurse", "Health"), ("Chef", "Food"), ("Medic", "Health")):
        text = ROLE.replace("{name}", name).replace("{field}", field)
        world.write(f"content/roles/{name.lower()}.md", text)
    result = world.run("build")
    assert result.returncode == 0, result.stderr
    return world


def test_a_skill_page_lists_roles_by_their_names(ordered: World) -> None:
    assert links(page(ordered, "skills/tact"), "main .chips a") == [
        "/from/baker/",
        "/from/chef/",
        "/from/zookeeper/",
        "/to/guide/",
        "/to/medic/",
        "/to/nurse/",
    ]


def test_a_role_page_lists_the_skills_that_are_asked_for_most_first(ordered: World) -> None:
    assert links(page(ordered, "to/nurse"), "main .chips a") == [
        "/skills/care/",
        "/skills/zeal/",
        "/skills/aim/",
        "/skills/tact/",
    ]


def test_the_page_for_a_missing_address_names_the_roles_with_most_paths(ordered: World) -> None:
    roles = links(LexborHTMLParser(ordered.read("404.html")), "main .chips a")
    assert roles[:2] == ["/to/nurse/", "/to/medic/"]
    assert roles[2:] == ["/to/guide/", *(f"/to/role-{number}/" for number in range(5))]


def test_the_explorer_lists_fields_by_name_and_roles_without_one_last(ordered: World) -> None:
    tree = page(ordered, "")
    assert [node.text() for node in tree.css(".fields h3")] == ["Food", "Health", "Other roles"]
    names = [node.text() for node in tree.css(".directory a")]
    assert names[:7] == ["Chef", "Medic", "Nurse", "Baker", "Guide", "Pilot", "Role 0"]
    assert names[-1] == "Zookeeper"


def test_the_reason_of_a_link_names_no_more_than_two_skills(ordered: World) -> None:
    reasons = {
        card.css("a")[0].attributes["href"]: card.text().partition(" · ")[2].strip()
        for card in page(ordered, "pivots/chef-to-nurse").css(".rows li")
    }
    assert reasons["/pivots/baker-to-nurse/"] == "shared: Zeal, Care"
    # In the order of the page that is linked to.
    assert reasons["/pivots/pilot-to-nurse/"] == "shared: Care, Zeal"
