"""`why`: addresses as browsers write them, with their letters in percents."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from tests.world.edits import edit
from tests.world.site import PIVOT, World


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> World:
    world = World(tmp_path_factory.mktemp("moved"))
    text = PIVOT.replace("{a}", "Chef").replace("{b}", "Повар")
    world.write("content/pivots/chef-to-cook.md", text)
    world.write("content/redirects.yaml", "/größe/: /to/повар/\n")
    result = world.run("build")
    assert result.returncode == 0, result.stderr
    return world


@pytest.mark.parametrize(
    "address",
    [
        "/größe/",
        "/gr%C3%B6%C3%9Fe/",
        "gr%C3%B6%C3%9Fe",
        "https://aicareerpivot.com/gr%C3%B6%C3%9Fe/",
        "https://aicareerpivot.com/größe/?a=%20#part",
    ],
)
def test_an_old_address_is_found_however_its_letters_are_written(
    moved: World, address: str
) -> None:
    result = moved.run("why", address)
    assert result.returncode == 0, result.stderr
    assert "/größe/ is published: redirect to /to/повар/." in result.stdout


def test_a_list_whose_name_has_such_letters_is_found_too(moved: World) -> None:
    cook = quote("повар")
    for address in (f"/to/{cook}/", f"https://aicareerpivot.com/to/{cook}"):
        result = moved.run("why", address)
        assert "/to/повар/ is published: role." in result.stdout, result.stderr


def test_an_address_of_another_site_is_not_looked_for_here(moved: World) -> None:
    for address in ("https://example.com/größe/", "https://aicareerpivot.com.example.com/größe/"):
        result = moved.run("why", address)
        assert result.returncode == 2
        assert "is not an address of this site" in result.stderr


def test_an_address_of_a_site_with_a_path_begins_with_that_path(world: World) -> None:
    world.pivot("Chef", "Nurse")
    edit(
        world, "build.py", '"https://aicareerpivot.com",\n    org', '"https://a.com/repo",\n    org'
    )
    for address in ("/repo/to/nurse/", "/repo/to/nurse"):
        result = world.run("why", f"https://a.com{address}")
        assert "/to/nurse/ is published: role." in result.stdout, result.stderr
    for address in ("/repo", "/repo/"):
        result = world.run("why", f"https://a.com{address}")
        assert "/ is published: explorer." in result.stdout, result.stderr
    for address in ("/repository/to/nurse/", "/repo-to/nurse/", "/to/nurse/", "/"):
        result = world.run("why", f"https://a.com{address}")
        assert result.returncode == 2
        assert "is not an address of this site, https://a.com/repo" in result.stderr
