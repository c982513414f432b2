"""A site with an error is not deployed, whatever is published of it here."""

from __future__ import annotations

import pytest

from tests.world.edits import edit
from tests.world.site import World

CHEF = "content/pivots/chef-to-nurse.md"


@pytest.mark.parametrize("words", [(), ("--plan",), ("--json",)])
def test_an_error_keeps_the_last_release_where_it_is(world: World, words: tuple[str, ...]) -> None:
    world.pivot("Chef", "Nurse")
    world.targets('"production": Folder("www", verify=False)')
    assert world.run("deploy").returncode == 0
    before = world.tree("www")
    # This is published here, and only a later edit is wrong.
    edit(world, CHEF, "Some text.", "Other words.")
    assert world.run("build").returncode == 0
    edit(world, CHEF, "window: 3–9 months", "window: soon")
    result = world.run("deploy", *words)
    assert result.returncode == 1
    assert "bad-window" in result.stdout + result.stderr
    assert world.tree("www") == before


def test_a_site_that_was_never_built_is_told_its_errors_alone(world: World) -> None:
    path = world.pivot("Chef", "Nurse")
    edit(world, path, "window: 3–9 months", "window: soon")
    world.targets('"production": Folder("www", verify=False)')
    result = world.run("deploy")
    assert result.returncode == 1
    assert result.stderr.count("error[") == 1
    assert "Traceback" not in result.stderr
    assert not (world.folder / "www").exists()
