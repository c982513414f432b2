"""Links in public/: nothing is written through one, wherever it stands."""

from __future__ import annotations

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
