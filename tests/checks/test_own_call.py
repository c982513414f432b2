"""A call to action that leads around in its own site."""

from __future__ import annotations

import pytest

from tests.world.edits import with_keys
from tests.world.site import World
from tests.world.texts import GOOD_PAGE

BASE = "https://aicareerpivot.com"


def told(world: World) -> list[str]:
    lines = world.run("check").stderr.split("\n")
    return [line for line in lines if "[own-call]" in line]


@pytest.fixture
def site(world: World) -> World:
    world.pivot("Chef", "Nurse")
    world.write("content/pages/assessment.md", GOOD_PAGE)
    return world


def leading_to(world: World, url: str) -> World:
    text = (world.folder / "build.py").read_text("utf-8")
    world.write("build.py", text.replace('url="https://next.example/"', f'url="{url}"'))
    return world


@pytest.mark.parametrize(
    ("url", "address"),
    [
        (BASE, "/"),
        (f"{BASE}/", "/"),
        (f"{BASE}/to/nurse/#skills", "/to/nurse/"),
        ("/pivots/chef-to-nurse/", "/pivots/chef-to-nurse/"),
        ("/roles/?from=call", "/roles/"),
    ],
)
def test_a_call_of_the_settings_to_a_list_or_a_pivot_is_told_there(
    site: World, url: str, address: str
) -> None:
    [line] = told(leading_to(site, url))
    settings = (site.folder / "build.py").read_text("utf-8").split("\n")
    path, row, column = line.split(":")[:3]
    assert path == "build.py"
    assert settings[int(row) - 1][int(column) - 1 :].startswith(url)
    assert f"leads to {address} of this very site" in line


@pytest.mark.parametrize(
    "url",
    [
        "https://next.example/",
        "https://aicareerpivot.com.example/",
        "/assessment/",
        f"{BASE}/assessment/#start",
        "mailto:editors@aicareerpivot.com",
    ],
)
def test_a_call_to_another_site_or_to_a_page_of_its_own_is_right(site: World, url: str) -> None:
    assert told(leading_to(site, url)) == []


def test_a_call_of_a_pivot_is_told_in_its_file_and_can_be_allowed_there(site: World) -> None:
    own = ("cta:", f"  url: {BASE}/skills/")
    path = site.pivot("Pilot", "Nurse", with_keys(*own))
    [line] = told(site)
    assert line.startswith(f"{path}:")
    silence = ("allow:", "  - rule: own-call", "    reason: We try it.")
    site.pivot("Pilot", "Nurse", with_keys(*own, *silence))
    stderr = site.run("check").stderr
    assert "own-call" not in stderr
    assert "unused-silence" not in stderr


def test_the_rule_can_be_left_out_on_a_site(site: World) -> None:
    leading_to(site, BASE).setting('rules_off=("own-call",)')
    assert told(site) == []
