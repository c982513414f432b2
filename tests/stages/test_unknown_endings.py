"""Files of assets/ and static/ whose media type nobody knows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.world.builds import CONFIG, build_here
from tests.world.site import World


@pytest.mark.parametrize(
    "path", ["assets/ward.glb", "static/ward.GLB", "static/v1.2", "assets/a.b/c.7z"]
)
def test_a_file_with_an_ending_that_nobody_knows_is_an_error_at_its_path(
    world: World, path: str
) -> None:
    world.pivot("Chef", "Nurse")
    world.write(path, b"x")
    [problem] = build_here(world.folder, CONFIG, world.folder / "public").problems
    assert (problem.code, problem.path) == ("unknown-ending", path)
    ending = f".{path.rpartition('.')[2].lower()}"
    assert f'media_types={{"{ending}": ' in problem.hint
    config = replace(CONFIG, media_types={ending: "model/gltf-binary"})
    assert not build_here(world.folder, config, world.folder / "public").problems


@pytest.mark.parametrize("path", ["static/CNAME", "static/.well-known/.proof", "assets/LICENSE"])
def test_a_file_without_an_ending_needs_no_media_type(world: World, path: str) -> None:
    world.pivot("Chef", "Nurse")
    world.write(path, b"x")
    assert not build_here(world.folder, CONFIG, None).problems
