"""What a build remembers of a written file proves only a file that nobody touched meanwhile."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from pivotgen.stages.write import write
from pivotgen.stages.write.publish import publish
from tests.world.builds import CONFIG, build_here, clean_build, tree
from tests.world.site import World


def proofs(world: World) -> set[bytes]:
    with sqlite3.connect(world.folder / ".pivotgen" / "ledger.sqlite") as database:
        return {bytes(row[0] or b"") for row in database.execute("SELECT signature FROM pages")}


@pytest.mark.parametrize("settled", [True, False])
def test_only_a_file_whose_time_cannot_come_again_has_a_proof(
    world: World, monkeypatch: pytest.MonkeyPatch, settled: bool
) -> None:
    world.pivot("Chef", "Nurse")
    monkeypatch.setattr(write, "settled", lambda stat, now: settled)
    build_here(world.folder, CONFIG, world.folder / "public")
    assert (b"" in proofs(world)) != settled
    if not settled:
        assert proofs(world) == {b""}


@pytest.mark.parametrize("name", ["index.html", "pivots/chef-to-nurse/index.html", "robots.txt"])
def test_a_file_that_somebody_else_wrote_while_it_was_published_is_made_again(
    world: World, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    world.pivot("Chef", "Nurse")
    public = world.folder / "public"

    def publish_and_alter(*given: Any) -> list[str]:
        paths = publish(*given)
        file = public / name
        data = file.read_bytes()
        file.unlink()
        file.write_bytes(b"x" * len(data))
        return paths

    with monkeypatch.context() as patch:
        patch.setattr("pivotgen.stages.write.write.publish", publish_and_alter)
        # As if all of it had been long ago.
        patch.setattr(write, "settled", lambda stat, now: True)
        build_here(world.folder, CONFIG, public)
    assert set((public / name).read_bytes()) == {ord("x")}
    build_here(world.folder, CONFIG, public)
    assert tree(public) == clean_build(world.folder, CONFIG)[0]


def test_the_files_of_a_build_are_all_proven_once_time_has_passed(world: World) -> None:
    world.pivot("Chef", "Nurse")
    public = world.folder / "public"
    build_here(world.folder, CONFIG, public)
    before = {path: Path(public, path).stat().st_ino for path in tree(public)}
    report = build_here(world.folder, CONFIG, public)
    assert report.written_files == []
    assert {path: Path(public, path).stat().st_ino for path in tree(public)} == before
