"""The order of publishing: a page never asks for a style sheet that is not there yet.

A folder in the place of a page stops the publishing there, so that what came before it shows.
"""

from __future__ import annotations

import pytest

from tests.world.site import World


def style_sheets(world: World) -> set[str]:
    return {file.name for file in (world.folder / "public" / "assets").glob("style.*.css")}


@pytest.mark.parametrize("output", ["index.html", "robots.txt", "pivots/chef-to-nurse/index.html"])
def test_a_new_style_sheet_is_there_before_any_file_that_was_made_again(
    world: World, output: str
) -> None:
    world.pivot("Chef", "Nurse")
    assert world.run("build").returncode == 0
    before = style_sheets(world)
    style = (world.folder / "assets" / "style.css").read_text("utf-8")
    world.write("assets/style.css", f"{style}\n/* new */\n")
    blocked = world.folder / "public" / output
    blocked.unlink()
    blocked.mkdir()
    result = world.run("build")
    assert result.returncode == 1
    assert "error[cannot-write]" in result.stderr
    assert len(style_sheets(world) - before) == 1
    blocked.rmdir()
    assert world.run("build", "--verify").returncode == 0
    assert len(style_sheets(world)) == 1


def test_a_first_style_sheet_is_there_before_any_page(world: World) -> None:
    world.pivot("Chef", "Nurse")
    (world.folder / "public" / "index.html").mkdir(parents=True)
    assert world.run("build").returncode == 1
    assert len(style_sheets(world)) == 1
