"""A picture that the settings name and that is not there is told as a dead address."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.world.builds import CONFIG, build_here, clean_build
from tests.world.site import World


@pytest.mark.parametrize("url", ["/nobody.png", "/assets/nobody.jpg", "/assets/nobody.png?v=1"])
def test_it_is_told_once_and_stops_nothing_else(world: World, url: str) -> None:
    world.pivot("Chef", "Nurse")
    problems = build_here(world.folder, replace(CONFIG, image=url), None).problems
    assert [problem.path for problem in problems] == ["build.py"]
    assert problems[0].code.startswith("dead-")
    assert clean_build(world.folder, CONFIG)[1] == ()
