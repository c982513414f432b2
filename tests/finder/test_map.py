"""The map of roles and moves: as a drawing, as a list, and as a picture."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

import pytest
from selectolax.lexbor import LexborHTMLParser

from pivotgen.kinds import _map
from pivotgen.kinds._hub_map import HubMaps
from pivotgen.kinds._map import MapMove, map_of
from pivotgen.kinds._map_order import roles_in_order
from pivotgen.model.window import Window
from tests.world.accessibility import Axe
from tests.world.edits import links, page
from tests.world.finder import Move, graph_of
from tests.world.site import ROLE, World

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

WINDOW = Window(3, 9, "month")
FIELDS = {"cook": "Food", "baker": "Food", "nurse": "Health", "medic": "Health", "pilot": ""}


def moves(*pairs: str) -> list[Move]:
    return [(a, b, WINDOW) for a, _, b in (pair.partition(" ") for pair in pairs)]


def real_map(public: Path) -> LexborHTMLParser:
    return LexborHTMLParser((public / "find" / "map" / "index.html").read_text("utf-8"))


def test_the_list_says_what_the_drawing_shows(public: Path) -> None:
    tree = real_map(public)
    drawn = links(tree, ".map a")
    listed = links(tree, ".map-list a")
    assert len(drawn) == len(set(drawn)) == 73 + 30
    assert sorted(drawn) == sorted(listed)
    for node in tree.css(".map-move"):
        label = (node.attributes["aria-label"] or "").replace(" → ", "-to-").lower()
        assert f"/pivots/{label.replace(' ', '-')}/" == node.attributes["href"]


def test_the_picture_is_the_drawing_with_a_style_of_its_own(public: Path) -> None:
    picture = (public / "find" / "map.svg").read_text("utf-8")
    tree = ET.fromstring(picture)
    hrefs = [node.attrib["href"] for node in tree.iter("{http://www.w3.org/2000/svg}a")]
    assert sorted(hrefs) == sorted(links(real_map(public), ".map a"))
    assert "prefers-color-scheme:dark" in picture


def test_the_picture_leads_to_pages_below_the_path_of_the_site(world: World) -> None:
    settings = (world.folder / "build.py").read_text("utf-8")
    world.write("build.py", settings.replace('aicareerpivot.com",', 'aicareerpivot.com/base",', 1))
    world.pivot("Chef", "Nurse")
    assert world.run("build").returncode == 0
    picture = ET.fromstring(world.read("find/map.svg"))
    hrefs = {node.attrib["href"] for node in picture.iter("{http://www.w3.org/2000/svg}a")}
    assert hrefs == {"/base/pivots/chef-to-nurse/", "/base/from/chef/", "/base/to/nurse/"}


def test_arcs_are_short_and_fields_stay_together() -> None:
    site = graph_of(FIELDS, moves("cook nurse", "medic pilot", "baker cook", "nurse medic"), FIELDS)
    drawn = map_of(site)
    column = [
        [drawn.roles[number].name for number in numbers] for _, numbers in roles_in_order(drawn)
    ]
    assert column in (
        [["baker", "cook"], ["nurse", "medic"], ["pilot"]],
        [["pilot"], ["medic", "nurse"], ["cook", "baker"]],
    )


def test_the_order_does_not_depend_on_the_order_of_the_moves() -> None:
    made = moves("cook nurse", "medic pilot", "baker cook", "nurse medic", "pilot cook")
    assert map_of(graph_of(FIELDS, made, FIELDS)) == map_of(graph_of(FIELDS, made[::-1], FIELDS))


def large(roles: int, fields: int) -> tuple[dict[str, str], list[Move]]:
    """A ring of roles, in which each role is of the next field."""
    names = {f"r{number:03}": f"Field {number % fields:02}" for number in range(roles)}
    ring = list(names)
    return names, [(a, b, WINDOW) for a, b in zip(ring, ring[1:] + ring[:1], strict=True)]


def test_a_large_site_is_drawn_as_fields_with_the_number_of_moves() -> None:
    names, made = large(64, 4)
    drawn = map_of(graph_of(names, made, names))
    assert drawn.moves == ()
    assert drawn.counts == ((0, 1, 16), (1, 2, 16), (2, 3, 16), (3, 0, 16))
    assert len(drawn.roles) == 4 * _map._NAMED
    assert (drawn.roles_total, drawn.moves_total) == (64, 64)


def test_more_fields_than_have_room_share_the_last_row() -> None:
    names, made = large(90, 30)
    drawn = map_of(graph_of(names, made, names))
    assert len(drawn.fields) == _map._FIELDS
    assert drawn.fields[0] == ""
    assert sum(count for _, _, count in drawn.counts) == 90


@pytest.mark.parametrize(("roles", "is_small"), [(60, True), (61, False)])
def test_sixty_roles_are_still_drawn_one_by_one(roles: int, is_small: bool) -> None:
    names, made = large(roles, 3)
    assert bool(map_of(graph_of(names, made, names)).moves) == is_small


def test_the_page_of_a_large_site_links_each_row_to_its_list(world: World) -> None:
    for number in range(31):
        world.pivot(f"Chef {number}", f"Nurse {number}")
        for name, field in ((f"Chef {number}", "Food & Drink"), (f"Nurse {number}", "Health")):
            text = ROLE.replace("{name}", name).replace(
                "description", f"field: {field}\ndescription", 1
            )
            world.write(f"content/roles/{name.lower().replace(' ', '-')}.md", text)
    assert world.run("build").returncode == 0
    tree = page(world, "find/map")
    assert links(tree, ".map a") == ["#field-0", "#field-1"]
    assert [node.text() for node in tree.css(".map-cell title")] == ["Food & Drink to Health: 31"]
    assert [node.text() for node in tree.css(".map-list h3")] == ["Food & Drink", "Health"]
    assert tree.css_first("#field-0")
    assert "Leads to: Health (31)." in (tree.css_first(".map-list") or tree).text()


def test_the_small_map_of_a_role_has_both_sides_with_the_shortest_first() -> None:
    short, longer = Window(2, 4, "week"), Window(1, 2, "year")
    made = [("a", "m", longer), ("b", "m", short), ("m", "c", longer)]
    made += [("m", f"x{number}", WINDOW) for number in range(9)]
    drawn = HubMaps(graph_of({end for a, b, _ in made for end in (a, b)}, made)).of("m")
    assert [link.text for link in drawn.into] == ["b", "a"]
    assert [link.url for link in drawn.out] == [f"/pivots/m-to-x{number}/" for number in range(8)]


def test_moves_are_numbered_by_their_roles() -> None:
    drawn = map_of(graph_of(["a", "b"], moves("b a")))
    assert drawn.moves == (MapMove(1, 0, "/pivots/b-to-a/"),)


@pytest.mark.parametrize("path", ["/find/map/", "/from/registered-nurse/", "/"])
def test_axe_finds_nothing_and_nothing_is_too_wide(
    browser: Browser, axe: Axe, host: str, path: str
) -> None:
    # tests/site/test_browser.py asks axe on wider windows.
    tab = browser.new_page(bypass_csp=True, viewport={"width": 320, "height": 800})
    tab.goto(host + path)
    tab.emulate_media(color_scheme="dark")
    assert axe.breaches(tab) == []
    tab.emulate_media(color_scheme="light")
    assert axe.breaches(tab) == []
    for width in (320, 1280):
        tab.set_viewport_size({"width": width, "height": 800})
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
    tab.close()


def test_the_keyboard_reaches_every_link_of_the_drawing_and_follows_it(
    browser: Browser, host: str
) -> None:
    tab = browser.new_page()
    tab.goto(host + "/find/map/")
    reached = set()
    for _ in range(140):
        tab.keyboard.press("Tab")
        reached.add(tab.evaluate("document.activeElement.getAttribute('href')"))
    drawn = tab.evaluate(
        "[...document.querySelectorAll('.map a')].map((a) => a.getAttribute('href'))"
    )
    assert set(drawn) <= reached
    tab.focus(".map a[href='/pivots/chef-to-operations-manager/']")
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    assert tab.url == host + "/pivots/chef-to-operations-manager/"
    tab.close()


def test_colours_of_the_reader_and_paper_show_it_too(browser: Browser, host: str) -> None:
    tab = browser.new_page(forced_colors="active")
    tab.goto(host + "/find/map/")
    stroke = "getComputedStyle(document.querySelector('.map-move path')).stroke"
    link = "getComputedStyle(document.querySelector('.map-list a')).color"
    assert tab.evaluate(stroke) == tab.evaluate(link)
    tab.emulate_media(media="print", forced_colors="none")
    assert tab.locator(".map").is_visible()
    assert tab.locator(".map-list").is_visible()
    tab.close()
