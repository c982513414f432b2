"""A single file of a site that is a folder, a link to nothing or a link that leads out."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pivotgen.disk.places import Places
from pivotgen.stages.read.walk import Walk
from tests.world.builds import CONFIG, build_here
from tests.world.site import ROLE, World

REDIRECTS = "content/redirects.yaml"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        *((REDIRECTS, kind) for kind in ("nothing", "outside", "circle")),
        *(("pivots.lock", kind) for kind in ("folder", "nothing", "outside", "circle")),
    ],
)
def test_it_is_told_and_nothing_is_written(
    world: World, tmp_path_factory: pytest.TempPathFactory, path: str, kind: str
) -> None:
    world.pivot("Chef", "Nurse")
    file = world.folder / path
    if kind == "folder":
        file.mkdir()
    elif kind == "nothing":
        file.symlink_to("nowhere")
    elif kind == "circle":
        file.symlink_to(file.name)
    else:
        other = tmp_path_factory.mktemp("other") / "file"
        other.write_text("/old/: /\n")
        file.symlink_to(other)
    problems = build_here(world.folder, CONFIG, world.folder / "public").problems
    code = "leads-outside" if kind == "outside" else "cannot-read"
    assert [(problem.path, problem.code) for problem in problems] == [(path, code)]
    if kind == "folder":
        assert problems[0].message == "a file should have this name"
    assert not (world.folder / "public").exists()


def test_a_file_that_is_a_link_within_the_site_is_read(world: World) -> None:
    world.pivot("Chef", "Nurse")
    world.write("content/moves.txt", "/old/: /\n")
    (world.folder / REDIRECTS).symlink_to("moves.txt")
    assert build_here(world.folder, CONFIG, world.folder / "public").problems == []
    assert (world.folder / "public/old/index.html").is_file()


def test_a_whole_folder_that_leads_out_is_told_once(
    world: World, tmp_path_factory: pytest.TempPathFactory
) -> None:
    world.pivot("Chef", "Nurse")
    other = tmp_path_factory.mktemp("other")
    (other / "nurse.md").write_text(ROLE.replace("{name}", "Nurse"))
    (world.folder / "content/roles").rmdir()
    (world.folder / "content/roles").symlink_to(other)
    [problem] = build_here(world.folder, CONFIG, world.folder / "public").problems
    assert (problem.path, problem.code) == ("content/roles", "leads-outside")


def test_links_among_the_files_of_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "content"
    (folder / "deep").mkdir(parents=True)
    (folder / "a.md").write_text("a")
    (folder / "b.md").symlink_to("a.md")
    (folder / "c.md").symlink_to("nowhere.md")
    (folder / "d.md").symlink_to("d.md")
    (folder / "deep" / "up").symlink_to("..")
    (folder / ".hidden.md").write_text("h")
    (folder / "e.md~").write_text("e")
    os.mkfifo(folder / "pipe.md")
    walk = Walk(Places(tmp_path))
    assert sorted(path for path, _ in walk.files("content")) == ["content/a.md", "content/b.md"]
    told = {problem.path: problem for problem in walk.problems}
    assert set(told) == {"content/c.md", "content/d.md", "content/deep/up"}
    assert "it leads to nothing" in told["content/c.md"].message
    assert "Too many levels of symbolic links" in told["content/d.md"].message
    assert told["content/d.md"].hint == "it names d.md; bring that back, or delete the link"
    assert told["content/deep/up"].level == "warning"
    assert walk.is_partial
    assert walk.refused == []
    assert [path for path, _ in walk.file("content/a.md")] == ["content/a.md"]
    assert list(Walk(Places(tmp_path)).file("content/none.md")) == []


def test_a_folder_that_is_not_there_has_no_file_and_no_problem(tmp_path: Path) -> None:
    walk = Walk(Places(tmp_path))
    assert list(walk.files("content")) == []
    assert walk.problems == []
    assert not walk.is_partial


@pytest.mark.parametrize("name", ["notes", "layouts.old", "content.txt"])
def test_a_link_to_itself_beside_the_folders_of_the_site_is_nobodys_business(
    world: World, name: str
) -> None:
    world.pivot("Chef", "Nurse")
    (world.folder / name).symlink_to(name)
    assert build_here(world.folder, CONFIG, world.folder / "public").problems == []
