"""A stranger's content is checked with trusted settings and layouts, and nothing of it runs."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.world.site import PIVOT, World

# It would leave a mark beside the site.
MARK = "import pathlib; pathlib.Path({!r}).write_text('ran')\n"


@pytest.fixture
def theirs(world: World, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The content of a pull request with one good pivot, beside a site with another one."""
    world.pivot("Chef", "Nurse")
    content = tmp_path_factory.mktemp("theirs") / "content"
    (content / "pivots").mkdir(parents=True)
    _pivot(content, "Baker", "Pilot")
    return content


def _pivot(content: Path, a: str, b: str, text: str = PIVOT) -> None:
    name = f"{a}-to-{b}.md".lower()
    (content / "pivots" / name).write_text(text.replace("{a}", a).replace("{b}", b), "utf-8")


def _check(world: World, content: Path, *words: str) -> str:
    result = world.run("check", "--content", str(content), *words)
    return result.stdout + result.stderr


def test_what_is_wrong_with_it_is_told_with_its_own_lines(world: World, theirs: Path) -> None:
    _pivot(theirs, "Clerk", "Chef", PIVOT.replace("3–9 months", "soon"))
    said = _check(world, theirs)
    assert "content/pivots/clerk-to-chef.md:6:9: error[bad-window]" in said
    assert "\n    window: soon\n" in said


def test_the_site_s_own_content_is_not_part_of_it(world: World, theirs: Path) -> None:
    _pivot(theirs, "Clerk", "Chef", PIVOT + "\n[Another](chef-to-nurse.md)\n")
    said = _check(world, theirs)
    assert "content/pivots/clerk-to-chef.md:19:11: error[dead-link]" in said
    world.pivot("Broken", "Page", "---\ntitle: [\n---\n")
    assert "broken-to-page" not in _check(world, theirs)


def test_no_code_beside_it_runs(world: World, theirs: Path) -> None:
    mark = theirs.parent / "mark"
    for folder in (theirs.parent, theirs, theirs / "pivots"):
        for name in ("build.py", "sitecustomize.py", "yaml.py", "jinja2.py"):
            (folder / name).write_text(MARK.format(str(mark)), "utf-8")
        (folder / "layouts").mkdir()
        (folder / "layouts" / "pivot.html").write_text("{{ 1 / 0 }}", "utf-8")
    said = _check(world, theirs)
    assert not mark.exists()
    assert "error" not in said


def test_neither_site_nor_content_is_changed(world: World, theirs: Path) -> None:
    assert world.run("build").returncode == 0
    folders = world.folder, theirs.parent
    before = [_listing(folder) for folder in folders]
    _pivot(theirs, "Clerk", "Chef", "---\ntitle: [\n---\n")
    (theirs / "pivots" / "clerk-to-chef.md").unlink()
    _check(world, theirs)
    assert [_listing(folder) for folder in folders] == before
    assert "0 of them written" in world.run("build").stdout


def test_a_link_out_of_it_is_an_error_and_what_it_leads_to_is_not_shown(
    world: World, theirs: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    secret = tmp_path_factory.mktemp("secret") / "secret.md"
    secret.write_text("password: 12345\n", "utf-8")
    os.symlink(secret, theirs / "pivots" / "clerk-to-chef.md")
    said = _check(world, theirs)
    assert "content/pivots/clerk-to-chef.md:1:1: error[leads-outside]" in said
    assert "12345" not in said


def test_a_wrong_ending_and_a_closed_file_are_told(world: World, theirs: Path) -> None:
    (theirs / "pivots" / "clerk-to-chef.markdown").write_text(PIVOT, "utf-8")
    said = _check(world, theirs)
    assert "content/pivots/clerk-to-chef.markdown:1:1: error[wrong-ending]" in said


def test_reports_name_the_files_as_the_pull_request_does(world: World, theirs: Path) -> None:
    _pivot(theirs, "Clerk", "Chef", PIVOT.replace("3–9 months", "soon"))
    result = world.run("check", "--content", str(theirs), "--format", "json")
    problems = json.loads(result.stdout)["problems"]
    assert "content/pivots/clerk-to-chef.md" in {problem["path"] for problem in problems}
    assert "file=content/pivots/clerk-to-chef.md" in _check(world, theirs, "--format", "github")


@pytest.mark.parametrize("words", [["--fix"], ["--diff"], ["build.py"]])
def test_what_makes_no_sense_with_it_is_refused(
    world: World, theirs: Path, words: list[str]
) -> None:
    files = [str(world.folder / word) if word == "build.py" else word for word in words]
    result = world.run("check", "--content", str(theirs), *files)
    assert result.returncode == 2
    assert "nothing to fix" in result.stderr


def _listing(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and ".pivotgen" not in path.parts
    }
