"""Content that moved, cannot be read or has another name is told, and what is published stays."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.world.builds import CONFIG, build_here
from tests.world.edits import configure
from tests.world.site import ROOT, World

ABOUT = "---\ntitle: About\ndescription: Who we are.\n---\n## Who\n\nWe.\n"
# A superuser may read everything, except without the rights of one.
WITHOUT_RIGHTS = ["setpriv", "--bounding-set=-all"] if os.geteuid() == 0 else []


def move_content(world: World) -> None:
    (world.folder / "content").rename(world.folder / "Content")


def move_pivots(world: World) -> None:
    (world.folder / "content" / "pivots").rename(world.folder / "pivots")


def rename_every_pivot(world: World) -> None:
    for file in (world.folder / "content" / "pivots").iterdir():
        file.rename(file.with_suffix(".markdown"))


def link_to_a_disk_that_is_gone(world: World) -> None:
    shutil.rmtree(world.folder / "content" / "pivots")
    (world.folder / "content" / "pivots").symlink_to("/nowhere/pivots")


def link_to_itself(world: World) -> None:
    shutil.rmtree(world.folder / "content" / "pivots")
    (world.folder / "content" / "pivots").symlink_to("pivots")


def put_a_file_in_the_place_of_the_folder(world: World) -> None:
    shutil.rmtree(world.folder / "content")
    world.write("content", "a file")


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (move_content, "content:1:1: error[no-content]: there is no folder content/"),
        (move_content, "hint: rename Content/ to content/"),
        (move_pivots, "content/pivots:1:1: error[no-content]: there is no pivot in"),
        (rename_every_pivot, "chef-to-nurse.markdown:1:1: error[wrong-ending]"),
        (link_to_a_disk_that_is_gone, "content/pivots:1:1: error[cannot-read]: this link cannot"),
        (link_to_a_disk_that_is_gone, "hint: it names /nowhere/pivots"),
        (link_to_itself, "content/pivots:1:1: error[cannot-read]: this link cannot be followed"),
        (put_a_file_in_the_place_of_the_folder, "content:1:1: error[cannot-read]: this is a file"),
    ],
)
def test_a_published_site_stays_when_its_content_is_not_where_it_was(
    world: World, change: Callable[[World], None], problem: str
) -> None:
    world.pivot("Chef", "Nurse")
    world.pivot("Nurse", "Chef")
    world.write("content/pages/about.md", ABOUT)
    configure(world, 'footer=(Link("About", "/about/"),)')
    assert world.run("build").returncode == 0
    before = world.tree()
    change(world)
    for words in (("build",), ("build", "--clean"), ("check",)):
        result = world.run(*words)
        assert result.returncode == 1
        assert problem in result.stderr
        # Links to what is not there are no problems of their own.
        assert result.stderr.count("error[") == (2 if change is rename_every_pivot else 1)
    assert world.tree() == before


def test_a_folder_that_may_not_be_read_is_named_and_not_taken_for_an_empty_one(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.pivot("Chef", "Nurse")
    world.write("content/pivots/night/baker-to-nurse.md", "---\n---\n")
    closed = str(world.folder / "content" / "pivots" / "night")
    scan = os.scandir

    def refuse(path: str) -> object:
        if str(path) == closed:
            raise PermissionError(13, "Permission denied", closed)
        return scan(path)

    monkeypatch.setattr("os.scandir", refuse)
    [problem] = build_here(world.folder, CONFIG, world.folder / "public").problems
    assert (problem.path, problem.code) == ("content/pivots/night", "cannot-read")
    assert problem.message == "this folder cannot be read: Permission denied"


@pytest.mark.parametrize("folder", ["layouts", "layouts/phrases", "assets", "content/pages"])
def test_a_folder_that_another_account_keeps_closed_is_all_that_is_told(
    world: World, folder: str
) -> None:
    world.pivot("Chef", "Nurse")
    world.write(f"{folder}/plan.txt", "Mine.")
    closed = world.folder / folder
    closed.chmod(0)
    try:
        for command in ("build", "check"):
            words = [sys.executable, "-m", "pivotgen", "--site", str(world.folder), command]
            result = subprocess.run(
                [*WITHOUT_RIGHTS, *words], capture_output=True, text=True, cwd=ROOT, timeout=60
            )
            assert result.returncode == 1
            first, *_ = result.stderr.splitlines()
            reason = "error[cannot-read]: this folder cannot be read: Permission denied"
            assert first == f"{folder}:1:1: {reason}"
            assert result.stderr.count("error[") == 1
            assert "Traceback" not in result.stderr
    finally:
        closed.chmod(0o755)


@pytest.mark.parametrize("path", ["layouts/pivot.html", "layouts/phrases/en.yaml", "assets/a.css"])
def test_a_source_of_many_pages_that_cannot_be_read_names_itself(world: World, path: str) -> None:
    world.pivot("Chef", "Nurse")
    (world.folder / path).unlink(missing_ok=True)
    (world.folder / path).symlink_to("/proc/self/mem")
    world.setting('outside=["/proc"]')
    for command in ("build", "check"):
        stderr = world.run(command).stderr
        assert f"{path}:1:1: error[cannot-read]: this file cannot be read" in stderr
        assert stderr.count("error[") == 1


@pytest.mark.parametrize(
    ("path", "right"),
    [
        ("content/pivots/chef-to-baker.markdown", "chef-to-baker.md"),
        ("content/pivots/chef-to-baker.MD", "chef-to-baker.md"),
        ("content/roles/chef.md.txt", "chef.md"),
        ("content/pages/about.Markdown.TXT", "about.md"),
        ("content/pivots/chef-to-baker.mdx", "chef-to-baker.md"),
        ("content/redirects.yml", "redirects.yaml"),
        ("layouts/phrases/fr.yml", "fr.yaml"),
        ("layouts/banner.HTM", "banner.html"),
        ("layouts/banner.html.j2", "banner.html"),
    ],
)
def test_an_ending_that_is_not_read_is_told_with_the_right_name(
    world: World, path: str, right: str
) -> None:
    world.pivot("Chef", "Nurse")
    world.write(path, "Text.\n")
    result = world.run("build")
    assert result.returncode == 1
    assert f"{path}:1:1: error[wrong-ending]" in result.stderr
    assert f"hint: name it `{right}`" in result.stderr


@pytest.mark.parametrize(
    "path",
    [
        "content/pivots/notes.txt",
        "content/pivots/ward.jpg",
        "content/pivots/.draft.markdown",
        "content/pivots/chef-to-baker.markdown~",
        "assets/README.markdown",
        "static/terms.MD",
    ],
)
def test_other_files_may_have_any_ending(world: World, path: str) -> None:
    world.pivot("Chef", "Nurse")
    world.write(path, "Text.\n")
    result = world.run("build")
    assert (result.returncode, result.stderr) == (0, "")


@pytest.mark.parametrize(
    "folder", ["content", "content/pivots", "content/roles", "assets", "static"]
)
def test_a_linked_folder_is_built_like_the_folder_itself(world: World, folder: str) -> None:
    world.pivot("Chef", "Nurse")
    world.write("content/roles/nurse.md", "---\nname: Nurse\ndescription: Cares.\n---\nText.\n")
    world.write("static/CNAME", "example.org\n")
    assert world.run("build").returncode == 0
    before = world.tree()
    elsewhere = world.folder / "vault" / "moved"
    elsewhere.parent.mkdir()
    (world.folder / folder).rename(elsewhere)
    (world.folder / folder).symlink_to(elsewhere)
    for words in (("build",), ("build", "--clean")):
        result = world.run(*words)
        assert (result.returncode, result.stderr) == (0, "")
        assert world.tree() == before
    assert "2 files: 2 published." in world.run("status").stdout


def test_a_folder_inside_a_linked_folder_may_be_a_link_too(world: World) -> None:
    world.write("vault/deep/ward.txt", "one")
    world.write("other/night.txt", "two")
    (world.folder / "vault" / "deep" / "more").symlink_to(world.folder / "other")
    world.pivot("Chef", "Nurse")
    (world.folder / "static").symlink_to(world.folder / "vault")
    assert world.run("build").returncode == 0
    assert world.read("deep/more/night.txt") == "two"


@pytest.mark.parametrize("target", [".", "..", "../..", "../../..", "/"])
def test_a_link_that_leads_back_is_told_and_not_followed(world: World, target: str) -> None:
    path = world.pivot("Chef", "Nurse")
    (world.folder / Path(path).parent / "again").symlink_to(target)
    result = world.run("build")
    assert result.returncode == 0
    assert (
        "content/pivots/again:1:1: warning[cannot-read]: this link leads to a folder that it is"
        in (result.stderr)
    )
    assert world.run("build", "--verify").returncode == 0


def test_links_that_lead_to_each_other_end(world: World) -> None:
    world.pivot("Chef", "Nurse")
    world.write("left/a.txt", "a")
    world.write("right/b.txt", "b")
    (world.folder / "left" / "right").symlink_to(world.folder / "right")
    (world.folder / "right" / "left").symlink_to(world.folder / "left")
    (world.folder / "static").symlink_to(world.folder / "left")
    result = world.run("build")
    assert result.returncode == 0
    assert world.read("right/b.txt") == "b"
    assert "warning[cannot-read]" in result.stderr


def test_a_link_to_what_is_built_does_not_grow_with_each_build(world: World) -> None:
    world.pivot("Chef", "Nurse")
    world.run("build")
    (world.folder / "static").mkdir()
    (world.folder / "static" / "copy").symlink_to(world.folder / "public")
    assert "this link leads to the folder that is built into" in world.run("build").stderr
    before = world.tree()
    world.run("build")
    assert world.tree() == before
    assert "copy/index.html" not in before
