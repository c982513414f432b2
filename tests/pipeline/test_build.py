"""A build of a small site: what is written, what is taken away and what stays."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.world.site import ROOT, World


def test_two_builds_are_identical_whatever_folder_hash_seed_zone_locale_and_file_order(
    world: World,
) -> None:
    for a, b in (("Chef", "Nurse"), ("Nurse", "Chef"), ("Baker", "Nurse")):
        world.pivot(a, b)
    (world.folder / "elsewhere").mkdir()
    moved = World(world.folder / "elsewhere")
    for path in sorted(world.folder.glob("content/pivots/*.md"), reverse=True):
        moved.write(path.relative_to(world.folder).as_posix(), path.read_bytes())
    for site, seed, zone, locale in (
        (world, "1", "UTC", "C"),
        (moved, "2", "Asia/Tokyo", "tr_TR.UTF-8"),
    ):
        subprocess.run(
            [
                sys.executable,
                "-m",
                "pivotgen",
                "--site",
                site.folder,
                "build",
            ],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale},
            cwd=ROOT,
            check=True,
            capture_output=True,
            timeout=60,
        )
    assert world.tree() == moved.tree()
    assert len(world.tree()) > 10


def test_a_removed_pivot_leaves_and_a_strangers_file_stays(world: World) -> None:
    gone = world.pivot("Chef", "Nurse")
    world.pivot("Baker", "Nurse")
    world.run("build")
    world.write("public/verification.txt", "theirs")
    (world.folder / gone).unlink()
    assert world.run("build").returncode == 0
    tree = world.tree()
    assert "pivots/chef-to-nurse/index.html" not in tree
    assert tree["verification.txt"] == b"theirs"


def test_a_second_build_writes_nothing(world: World) -> None:
    world.pivot("Chef", "Nurse")
    world.run("build")
    assert ", 0 of them written." in world.run("build").stdout


def test_a_failing_build_leaves_the_last_good_site(world: World) -> None:
    path = world.pivot("Chef", "Nurse")
    world.run("build")
    before = world.tree()
    world.write(path, "broken")
    assert world.run("build").returncode == 1
    assert world.tree() == before


def test_editing_a_body_changes_that_page_alone(world: World) -> None:
    path = world.pivot("Chef", "Nurse")
    for name in ("Baker", "Clerk", "Guide"):
        world.pivot(name, "Nurse")
    world.run("build")
    before = world.tree()
    world.write(path, (world.folder / path).read_text().replace("Some text.", "Other text."))
    world.run("build")
    changed = {name for name, data in world.tree().items() if before.get(name) != data}
    assert changed == {"pivots/chef-to-nurse/index.html"}
