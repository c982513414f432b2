"""A sitemap that is too long for one file: an index, and parts of which each page is in one."""

from __future__ import annotations

import re

import pytest

from tests.world.builds import CONFIG, build_here, tree
from tests.world.site import DATED_PIVOT, World

BASE = CONFIG.base_url


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_every_page_is_in_one_part(
    world: World, monkeypatch: pytest.MonkeyPatch, limit: int
) -> None:
    for a, b in (("Chef", "Nurse"), ("Nurse", "Pilot")):
        world.pivot(a, b, DATED_PIVOT)
    public = world.folder / "public"
    build_here(world.folder, CONFIG, public)
    whole = tree(public)["sitemap.xml"].decode()
    listed = re.findall("<loc>.*?</url>", whole)
    assert len(listed) > 3
    monkeypatch.setattr("pivotgen.kinds.sitemap._IN_FILE", limit)
    assert build_here(world.folder, CONFIG, world.folder / "cut").problems == []
    built = tree(world.folder / "cut")
    count = -(-len(listed) // limit)
    names = [f"sitemap-{number}.xml" for number in range(1, count + 1)]
    assert sorted(name for name in built if "sitemap" in name) == sorted([*names, "sitemap.xml"])
    index = built["sitemap.xml"].decode()
    assert re.findall("<loc>(.*?)</loc>", index) == [f"{BASE}/{name}" for name in names]
    parts = [re.findall("<loc>.*?</url>", built[name].decode()) for name in names]
    assert all(len(part) == limit for part in parts[:-1])
    assert [entry for part in parts for entry in part] == listed


def test_a_sitemap_of_just_the_limit_is_one_file(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.pivot("Chef", "Nurse")
    public = world.folder / "public"
    build_here(world.folder, CONFIG, public)
    whole = tree(public)["sitemap.xml"]
    monkeypatch.setattr("pivotgen.kinds.sitemap._IN_FILE", whole.count(b"<loc>"))
    build_here(world.folder, CONFIG, world.folder / "same")
    assert {name for name in tree(world.folder / "same") if "sitemap" in name} == {"sitemap.xml"}
    assert tree(world.folder / "same")["sitemap.xml"] == whole
