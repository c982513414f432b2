"""Links in public/: nothing is written through one, wherever it stands."""

from __future__ import annotations

import shutil

import pytest

from tests.world.site import World


@pytest.mark.parametrize(
    "place", ["pivots", "pivots/chef-to-nurse", "assets", "to/nurse", "skills/negotiation"]
)
def test_a_folder_that_is_a_link_gets_no_file(
    world: World, tmp_path_factory: pytest.TempPathFactory, place: str
) -> None:
    world.pivot("Chef", "Nurse")
    outside = tmp_path_factory.mktemp("outside")
    link = world.folder / "public" / place
    link.parent.mkdir(parents=True)
    link.symlink_to(outside, target_is_directory=True)
    result = world.run("build")
    assert list(outside.iterdir()) == []
    assert result.returncode == 1
    assert "error[cannot-write]" in result.stderr
    assert link.is_symlink()


def test_a_file_that_is_a_link_is_replaced_and_what_it_leads_to_is_left_alone(
    world: World, tmp_path_factory: pytest.TempPathFactory
) -> None:
    world.pivot("Chef", "Nurse")
    outside = tmp_path_factory.mktemp("outside") / "mine.txt"
    outside.write_text("mine")
    link = world.folder / "public" / "robots.txt"
    link.parent.mkdir()
    link.symlink_to(outside)
    assert world.run("build").returncode == 0
    assert outside.read_text() == "mine"
    assert not link.is_symlink()
    assert "Sitemap:" in world.read("robots.txt")


@pytest.mark.parametrize("target", ["nothing", "mine.txt"])
def test_a_link_in_place_of_a_page_goes_with_the_page_and_what_it_leads_to_stays(
    world: World, tmp_path_factory: pytest.TempPathFactory, target: str
) -> None:
    world.pivot("Chef", "Nurse")
    path = world.pivot("Pilot", "Nurse")
    assert world.run("build").returncode == 0
    outside = tmp_path_factory.mktemp("outside")
    (outside / "mine.txt").write_text("mine")
    page = world.folder / "public" / "pivots" / "pilot-to-nurse" / "index.html"
    page.unlink()
    page.symlink_to(outside / target)
    (world.folder / path).unlink()
    # With the two lists of its role, and the questions about the role that it led to.
    assert ", 4 removed." in world.run("build").stdout
    assert not page.parent.exists()
    assert (outside / "mine.txt").read_text() == "mine"


def test_a_file_of_somebody_else_in_place_of_a_folder_is_told_and_stays(world: World) -> None:
    world.pivot("Chef", "Nurse")
    assert world.run("build").returncode == 0
    output = "pivots/chef-to-nurse"
    shutil.rmtree(world.folder / "public" / output)
    world.write(f"public/{output}", "mine")
    # What is asked about any page is still answered.
    asked = world.run("why", f"{output}/index.html")
    assert "The next build makes it again:\n- it is missing\n" in asked.stdout, asked.stderr
    assert "The next build leaves it" in world.run("why", "/to/nurse/").stdout
    result = world.run("build")
    assert result.returncode == 1
    assert "cannot write chef-to-nurse: " in result.stderr
    assert world.read(output) == "mine"
