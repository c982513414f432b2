"""Files of public/ that somebody changed: the next build puts each one right."""

from __future__ import annotations

import os

import pytest

from tests.world.site import World


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> World:
    world = World(tmp_path_factory.mktemp("built"))
    world.pivot("Chef", "Nurse")
    assert world.run("build").returncode == 0
    return world


@pytest.mark.parametrize("output", ["index.html", "pivots/chef-to-nurse/index.html", "robots.txt"])
def test_an_altered_file_is_written_again(built: World, output: str) -> None:
    right = built.tree()
    built.write(f"public/{output}", right[output] + b"altered")
    result = built.run("build")
    assert built.tree() == right
    assert ", 1 of them written." in result.stdout


def test_a_file_altered_to_the_same_size_and_time_is_written_again(built: World) -> None:
    right = built.tree()
    file = built.folder / "public" / "index.html"
    stat = file.stat()
    file.write_bytes(right["index.html"][::-1])
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    built.run("build")
    assert built.tree() == right


def test_a_file_that_is_gone_is_written_again(built: World) -> None:
    right = built.tree()
    (built.folder / "public" / "sitemap.xml").unlink()
    built.run("build")
    assert built.tree() == right


def test_a_file_that_was_touched_and_not_changed_is_not_written(built: World) -> None:
    os.utime(built.folder / "public" / "index.html")
    assert ", 0 of them written." in built.run("build").stdout


def test_a_clean_build_writes_every_file_whatever_is_there(built: World) -> None:
    count = len(built.tree())
    output = built.run("build", "--clean").stdout
    assert output == f"{count} files in public/, {count} of them written.\n"
