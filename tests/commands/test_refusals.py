"""What commands refuse, and in which words."""

from __future__ import annotations

import pytest

from pivotgen.commands.check import CheckOptions, check
from pivotgen.commands.init import Beginning, init
from pivotgen.commands.schema import schema
from pivotgen.commands.why import why
from pivotgen.model.report import SiteError
from tests.world.builds import CONFIG, build_here
from tests.world.site import DATED_PIVOT, ROOT, World
from tests.world.warm import run_warm


@pytest.mark.parametrize("others", [("--minor",), ("--pull",), ("--minor", "--pull")])
def test_a_check_of_the_lock_goes_with_no_other_option(world: World, others: tuple[str]) -> None:
    result = world.run("lock", "--check", *others)
    assert result.returncode == 2
    assert "--check writes nothing, so it goes with no other option" in result.stderr


def test_a_site_with_errors_is_not_locked(world: World) -> None:
    world.pivot("Chef", "Nurse", DATED_PIVOT.replace("window: 3–9 months", "window: soon"))
    for words in (("lock",), ("lock", "--check")):
        result = world.run(*words)
        assert result.returncode == 1
        assert "error[bad-window]" in result.stderr
    assert not (world.folder / "pivots.lock").exists()


def test_a_live_site_that_does_not_answer_is_told_and_nothing_is_written(world: World) -> None:
    world.pivot("Chef", "Nurse")
    result = world.run("lock", "--pull", "http://127.0.0.1:9/")
    assert result.returncode == 1
    assert "127.0.0.1:9" in result.stderr
    assert "Traceback" not in result.stderr
    assert not (world.folder / "pivots.lock").exists()


def test_a_lock_that_cannot_be_written_is_told(world: World) -> None:
    world.pivot("Chef", "Nurse")
    (world.folder / "pivots.lock").mkdir()
    result = world.run("lock")
    assert result.returncode == 1
    assert "pivots.lock:1:1: error[cannot-read]" in result.stderr


def test_content_that_is_no_folder_is_refused(world: World) -> None:
    world.pivot("Chef", "Nurse")
    with pytest.raises(SiteError, match="none is no folder"):
        check(world.folder, CONFIG, CheckOptions(content=world.folder / "none"))


def test_a_site_does_not_begin_in_a_file_nor_where_nothing_can_be_written(world: World) -> None:
    beginning = Beginning("Moves", "https://moves.example")
    world.write("taken", "mine")
    with pytest.raises(ValueError, match="taken is a file; name a new folder"):
        init(world.folder / "taken", beginning)
    with pytest.raises(ValueError, match=r"cannot write to .*inside: Not a directory"):
        init(world.folder / "taken" / "inside", beginning)
    assert (world.folder / "taken").read_text() == "mine"


def test_a_site_says_which_files_were_there_already(world: World) -> None:
    new = world.folder / "new"
    new.mkdir()
    (new / ".gitignore").write_text("mine\n")
    (new / "README.md").write_text("Mine.\n")
    words = ["init", str(new), "--name", "A", "--base-url", "https://a.example"]
    output = run_warm(words, ROOT).stdout
    assert ".gitignore was there already and stays as it is.\n" in output
    assert "README.md was there already and stays as it is.\n" in output
    assert output.count("was there already") == 2
    assert (new / "README.md").read_text() == "Mine.\n"


def test_the_schema_needs_no_site(world: World) -> None:
    (world.folder / "build.py").unlink()
    result = world.run("schema", "role")
    assert (result.returncode, result.stderr) == (0, "")
    assert '"name"' in result.stdout
    rows = schema("pivot", markdown=True, config=CONFIG)
    for kind in ("window", "list of text", "list of keys", "date", "true or false", "keys"):
        assert f"| {kind} |" in rows


def said(world: World, what: str) -> str:
    lines, problems = why(CONFIG, world.folder, what, world.folder / "public", False)
    return "\n".join([*lines, *(problem.message for problem in problems)])


def test_why_knows_what_is_outside_and_where_a_day_comes_from(world: World) -> None:
    path = world.pivot("Chef", "Nurse", DATED_PIVOT)
    build_here(world.folder, CONFIG, world.folder / "public")
    for what in ("../other/page", "/../x"):
        with pytest.raises(ValueError, match="is not inside this site"):
            said(world, what)
    answer = said(world, "/pivots/chef-to-nurse/")
    assert f"Its day, 2026-01-01, is `updated` in {path}." in answer
    # A file may be named as it is on disk.
    for name in (path, "public/pivots/chef-to-nurse/index.html"):
        assert said(world, str(world.folder / name)) == said(world, name)


def test_a_name_that_is_nearly_that_of_a_role_is_told_and_taken_as_it_is(world: World) -> None:
    world.pivot("Chef", "Teacher")
    result = world.run("new", "Chef", "Techer")
    assert result.returncode == 0
    assert "`Techer` is a new role, and nearly the role `Teacher`." in result.stderr
    assert (world.folder / "content/pivots/chef-to-techer.md").is_file()


def test_a_new_pivot_that_cannot_be_saved_is_told(world: World) -> None:
    world.pivot("Chef", "Nurse")
    (world.folder / "content/pivots").rename(world.folder / "content/kept")
    (world.folder / "content/pivots").write_text("a file")
    result = world.run("new", "Baker", "Pilot")
    assert result.returncode in (1, 2)
    assert "Traceback" not in result.stderr
    assert result.stderr
