"""The preview: tabs and the terminal hear of a save that only takes something away."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.world.edits import edit, with_keys
from tests.world.running import Preview
from tests.world.site import World


@pytest.fixture
def preview(world: World) -> Iterator[Preview]:
    world.pivot("Chef", "Nurse", with_keys("aliases: [/old/]"))
    world.pivot("Pilot", "Nurse")
    world.write("assets/unused.txt", "text")
    preview = Preview(world)
    yield preview
    preview.end()


def test_a_tab_at_an_old_address_hears_that_the_address_is_gone(
    world: World, preview: Preview
) -> None:
    path = "content/pivots/chef-to-nurse.md"
    reloaded = preview.heard("/old/", lambda: edit(world, path, "aliases: [/old/]\n", ""))
    assert reloaded == "pivotgen:page"
    # The list of all that has moved, which the preview reads.
    assert preview.line(r"nurse\.md: (\d+) written in") == "1"


def test_the_terminal_hears_of_an_asset_that_was_removed(world: World, preview: Preview) -> None:
    (world.folder / "assets" / "unused.txt").unlink()
    assert preview.line(r"unused\.txt: (\d+) written in") == "0"
