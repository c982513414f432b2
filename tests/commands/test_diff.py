"""`diff` compares the site with a release of a target, or with a folder."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.world.edits import edit
from tests.world.site import World

CHEF = "content/pivots/chef-to-nurse.md"


@pytest.fixture
def site(world: World) -> World:
    """A deployed site of two pages."""
    for name in ("Chef", "Baker"):
        world.pivot(name, "Nurse")
    world.targets('"production": Folder("www", verify=False)')
    assert world.run("deploy").returncode == 0
    return world


def diff(site: World, *words: str) -> str:
    result = site.run("diff", *words)
    assert result.returncode == 0, result.stderr
    return result.stdout


def test_without_an_argument_the_site_is_compared_with_what_readers_see(site: World) -> None:
    assert diff(site) == "Nothing that a reader would notice has changed.\n"
    edit(site, CHEF, "window: 3–9 months", "window: 1–2 years")
    text = diff(site)
    assert "/pivots/chef-to-nurse/" in text
    assert '"3–9 months' in text
    assert '"1–2 years' in text


def test_an_earlier_release_is_named_by_its_id(site: World) -> None:
    first = json.loads(site.run("deploy", "--json").stdout)["release"]
    edit(site, CHEF, "Some text.", "Other words.")
    assert site.run("deploy").returncode == 0
    assert "Nothing" in diff(site)
    assert "Other words." in diff(site, first[:8])
    result = site.run("diff", "0000")
    assert result.returncode == 1
    assert "there is no release 0000" in result.stderr


def test_a_folder_with_another_build_is_compared_too(site: World, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(site.folder / "public", other)
    site.pivot("Waiter", "Nurse")
    assert "/pivots/waiter-to-nurse/" in diff(site, str(other))
    markdown = diff(site, str(other), "--format", "markdown")
    assert markdown.startswith("### ")
    assert diff(site, str(other), "--format", "html").startswith("<!doctype html>")
    value = json.loads(diff(site, str(other), "--format", "json"))
    assert "/pivots/waiter-to-nurse/" in value["added"]


def test_an_edited_layout_is_one_change(site: World) -> None:
    edit(site, "layouts/base.html", '<main id="main"', '<main id="main" class="wide"')
    assert "1 layout change, " in diff(site)
    assert "visible text unchanged" in diff(site)


@pytest.mark.parametrize("name", ["no/such/folder", "../x", "x.y"])
def test_a_folder_that_is_not_there_is_wrong_usage(site: World, name: str) -> None:
    result = site.run("diff", name)
    assert result.returncode == 2
    assert f"there is no folder {name}" in result.stderr
