"""`new`: only links that readers of the published site can follow are offered."""

from __future__ import annotations

import pytest

from tests.world.edits import with_keys
from tests.world.site import World


@pytest.mark.parametrize(("key", "offered"), [("draft: false", True), ("draft: true", False)])
def test_a_link_to_the_way_back_is_offered_when_readers_can_follow_it(
    world: World, key: str, offered: bool
) -> None:
    world.pivot("Nurse", "Chef", with_keys(key))
    world.pivot("Pilot", "Nurse")
    result = world.run("new", "Chef", "Nurse")
    assert result.returncode == 0, result.stderr
    text = (world.folder / "content" / "pivots" / "chef-to-nurse.md").read_text("utf-8")
    assert ("[the way back](nurse-to-chef.md)" in text) is offered
    assert "[from Pilot](pilot-to-nurse.md)" in text


def test_a_sibling_that_is_a_draft_is_not_offered(world: World) -> None:
    world.pivot("Pilot", "Nurse", with_keys("draft: true"))
    world.pivot("Baker", "Nurse")
    world.run("new", "Chef", "Nurse")
    text = (world.folder / "content" / "pivots" / "chef-to-nurse.md").read_text("utf-8")
    assert "[from Baker](baker-to-nurse.md)" in text
    assert "pilot-to-nurse.md)" not in text
