"""Where a site may be built, and where its memory may be."""

from __future__ import annotations

import pytest

from tests.world.site import World


@pytest.mark.parametrize(
    "out",
    [
        ".",
        "..",
        "content",
        "content/pivots",
        "layouts/built",
        "assets",
        "static",
        "static/more/../built",
        "linked/built",
    ],
)
@pytest.mark.parametrize("option", ["--out", "--memory"])
def test_nothing_is_built_into_the_sources_or_around_them(
    world: World, option: str, out: str
) -> None:
    world.pivot("Chef", "Nurse")
    (world.folder / "linked").symlink_to(world.folder / "assets")
    before = world.tree(".")
    result = world.run("build", option, str(world.folder / out))
    assert result.returncode == 2
    assert "holds the site itself" in result.stderr or "would mix with" in result.stderr
    assert world.tree(".") == before


def test_a_folder_of_sources_that_is_a_link_counts_where_it_is(world: World) -> None:
    world.pivot("Chef", "Nurse")
    (world.folder / "content").rename(world.folder / "vault")
    (world.folder / "content").symlink_to(world.folder / "vault")
    for out in ("vault", "vault/public"):
        result = world.run("build", "--out", str(world.folder / out))
        assert result.returncode == 2
        assert "would mix with content/" in result.stderr


def test_a_folder_beside_the_sources_may_be_built_into(world: World) -> None:
    world.pivot("Chef", "Nurse")
    for out in ("site", "contents", "build/html"):
        assert world.run("build", "--out", str(world.folder / out)).returncode == 0


def test_a_site_that_cannot_be_written_is_built_with_its_memory_elsewhere(world: World) -> None:
    world.pivot("Chef", "Nurse")
    # As in a read-only folder, nothing can be put here, by a superuser neither.
    world.write(".pivotgen", "a file")
    result = world.run("build")
    assert result.returncode == 1
    assert ".pivotgen:1:1: error[cannot-write]: cannot write here, and a build remembers" in (
        result.stderr
    )
    assert "name another folder with --memory" in result.stderr
    aside = ("--memory", str(world.folder / "aside"))
    assert world.run("build", *aside).returncode == 0
    again = world.run("build", *aside, "--json").stdout
    assert '"rendered": 0' in again
    # A check writes nothing, so it needs no memory.
    assert world.run("check").returncode == 0
