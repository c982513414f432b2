"""The law of incremental builds, and exactly which pages an edit makes."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from pivotgen.memory.ledger import open_ledger
from pivotgen.pipeline import Options, build
from pivotgen.stages.worker_pool import worker_pool
from tests.world.builds import CONFIG, build_here, clean_build, tree
from tests.world.hostile import change_ledger
from tests.world.site import DATED_PIVOT, ROLE, World


@pytest.fixture
def built(world: World) -> World:
    for a, b in (("Chef", "Nurse"), ("Pilot", "Nurse"), ("Nurse", "Clerk"), ("Baker", "Pilot")):
        world.pivot(a, b, DATED_PIVOT)
    world.write("content/roles/nurse.md", ROLE.format(name="Nurse"))
    assert not build_here(world.folder, CONFIG, world.folder / "public").problems
    return world


def edited(world: World, path: str, old: str, new: str) -> set[str]:
    """Edit a source, build, and give the files that were made; the tree must be a clean one."""
    text = (world.folder / path).read_text("utf-8")
    assert old in text
    world.write(path, text.replace(old, new, 1))
    public = world.folder / "public"
    # What is made again gets its reasons anew.
    change_ledger(
        world.folder / ".pivotgen",
        lambda database: database.execute("UPDATE pages SET reasons = NULL"),
    )
    report = build_here(world.folder, CONFIG, public)
    assert tree(public) == clean_build(world.folder, CONFIG)[0]
    found = {name for name in tree(public) if reasons(world, name)}
    assert report.rendered == len(found)
    return found


def reasons(world: World, output: str) -> bytes | None:
    with open_ledger(world.folder / ".pivotgen") as book:
        return book.pages.reasons("public", output)


def showing(world: World, text: str) -> set[str]:
    """The files of a clean tree that say this: a title's own page, and those with its card."""
    found = clean_build(world.folder, CONFIG)[0]
    return {name for name, data in found.items() if text.encode() in data}


def kind(world: World, *starts: str) -> set[str]:
    return {name for name in tree(world.folder / "public") if name.startswith(starts)}


def test_a_new_body_makes_its_page_and_no_other(built: World) -> None:
    one = edited(built, "content/pivots/chef-to-nurse.md", "Some text.", "Some other text.")
    assert one == {"pivots/chef-to-nurse/index.html"}


def test_a_new_title_makes_the_pages_that_show_it(built: World) -> None:
    path = "content/pivots/chef-to-nurse.md"
    files = edited(built, path, "From Chef to Nurse: A View", "A Title Like No Other")
    # The list of questions is made of the same cards, and shows other parts of them.
    questions = {"to/nurse/questions/index.html"}
    assert files == showing(built, "A Title Like No Other") | questions
    assert "pivots/chef-to-nurse/index.html" in files
    assert len(files) < len(tree(built.folder / "public"))


def test_the_text_of_a_role_makes_its_page_and_no_other(built: World) -> None:
    one = edited(built, "content/roles/nurse.md", "Some text.", "Some other text.")
    assert one == {"to/nurse/index.html"}


def test_a_layout_makes_the_pages_of_its_kind(built: World) -> None:
    files = edited(built, "layouts/role.html", "</", "<!-- new --></")
    assert files == {name for name in kind(built, "to/", "from/") if "/questions/" not in name}


def test_a_script_makes_itself_and_the_pages_that_name_it(built: World) -> None:
    script = (built.folder / "assets" / "explorer.js").read_text("utf-8")
    files = edited(built, "assets/explorer.js", script, f"{script}\n")
    [asset] = kind(built, "assets/explorer.")
    assert files == {asset, "index.html"}


def test_a_word_makes_the_pages_that_have_a_layout_and_the_list_for_agents(built: World) -> None:
    files = edited(built, "layouts/phrases/en.yaml", "Skip to content", "To the content")
    # These say phrases as well; which of them, nobody keeps a list of.
    assert files == {*showing(built, "To the content"), "llms.txt", "find/map.svg"}
    assert files > kind(built, "pivots/chef", "to/", "from/", "skills/", "index", "404")


@pytest.mark.parametrize("start_method", ["fork", "forkserver", "spawn"])
def test_workers_make_the_same_bytes(
    built: World, start_method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    public = built.folder / "aside" / "public"
    handed: list[Any] = []
    with worker_pool(2, start_method) as pool:
        submit = pool._submit

        def submit_and_note(*work: Any) -> Any:
            handed.append(work)
            return submit(*work)

        monkeypatch.setattr(pool, "_submit", submit_and_note)
        report = build(CONFIG, built.folder, public, pool, Options(memory=built.folder / "aside"))
    # Something was really handed to a worker.
    assert handed
    assert not report.problems
    assert tree(public) == tree(built.folder / "public")


def test_a_folder_with_an_odd_name_is_built_by_workers_too(built: World, tmp_path: Path) -> None:
    odd = tmp_path / "a #?%41 ü"
    shutil.copytree(built.folder, odd, ignore=shutil.ignore_patterns("public", ".pivotgen"))
    with worker_pool(2) as pool:
        report = build(CONFIG, odd, odd / "public", pool)
    assert not report.problems
    assert tree(odd / "public") == tree(built.folder / "public")
