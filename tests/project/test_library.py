"""pivotgen as a library: its examples run, nothing is printed, and what is wrong is a value."""

from __future__ import annotations

import gc
import json
import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

import pivotgen
from pivotgen import (
    BuildOptions,
    BuildReport,
    CheckOptions,
    CheckReport,
    Config,
    SiteError,
    Unsaved,
    build,
    check,
)
from tests.world.builds import CONFIG, tree
from tests.world.edits import configure
from tests.world.site import PIVOT, ROOT, World

GUIDE = (ROOT / "docs" / "library.md").read_text("utf-8")
EXAMPLES = re.findall(r"```python\n(.*?)```\n+```text\n(.*?)```", GUIDE, re.S)


@pytest.mark.parametrize(("program", "shown"), EXAMPLES)
def test_each_example_of_the_guide_does_what_it_says(
    tmp_path: Path, program: str, shown: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "my-site").mkdir()
    world = World(tmp_path / "my-site")
    world.pivot("Chef", "Nurse")
    monkeypatch.chdir(tmp_path)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == (shown, "")


@pytest.mark.parametrize("kind", [BuildOptions, BuildReport, CheckOptions, CheckReport])
def test_the_guide_names_every_part_of_options_and_reports(kind: type[Any]) -> None:
    part = re.split(rf"^A `{kind.__name__}`", GUIDE, flags=re.M)[1].split("\nA ")[0]
    properties = [name for name, value in vars(kind).items() if isinstance(value, property)]
    for name in [*(field.name for field in fields(kind)), *properties]:
        assert f"`{name}`" in part, name


def test_every_public_name_is_there_and_in_the_guide() -> None:
    for name in pivotgen.__all__:
        assert getattr(pivotgen, name)
        assert re.search(rf"\b{name}\b", GUIDE), name
    with pytest.raises(AttributeError, match="has no attribute 'biuld'"):
        getattr(pivotgen, "biuld")  # noqa: B009


def test_the_command_line_builds_and_checks_by_the_public_functions() -> None:
    for name in ("build", "check"):
        text = (ROOT / "pivotgen" / "cli" / f"{name}.py").read_text("utf-8")
        [home] = re.findall(rf"from (pivotgen\.commands\.\w+) import \w+, {name}\n", text)
        assert getattr(pivotgen, name).__module__ == home
        assert "pipeline" not in text


def test_a_build_says_which_files_and_pages_are_new_and_which_are_gone(world: World) -> None:
    gone = world.pivot("Chef", "Nurse")
    world.pivot("Baker", "Nurse")
    first = build(world.folder)
    assert sorted(first.written) == sorted(tree(world.folder / "public"))
    assert first.out == world.folder / "public"
    assert first.files == len(first.written) == first.rendered
    assert first.ok
    assert first.duration == sum(first.seconds.values()) > 0
    again = build(str(world.folder))
    assert (again.written, again.removed, again.rendered) == ((), (), 0)
    (world.folder / gone).unlink()
    last = build(world.folder)
    assert "https://aicareerpivot.com/pivots/chef-to-nurse/" in last.removed_pages
    assert "from/chef/index.html" in last.removed
    assert "https://aicareerpivot.com/to/nurse/" in last.written_pages
    assert "https://aicareerpivot.com/" in last.written_pages
    assert not [page for page in last.written_pages if page.endswith((".html", ".xml"))]


def test_what_is_wrong_is_a_value_and_nothing_is_printed(
    world: World, capfd: pytest.CaptureFixture[str]
) -> None:
    path = world.pivot("Chef", "Nurse", PIVOT.replace("tldr:", "tl_dr:"))
    for report in (build(world.folder), check(world.folder)):
        assert not report.ok
        assert [(each.path, each.code) for each in report.problems] == [(path, "unknown-key")]
    assert not (world.folder / "public").exists()
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ("config = 5\n", "there is no `config` here"),
        ("import sys\nsys.exit(3)\n", "SystemExit: 3"),
        ("config = (\n", "'(' was never closed"),
        ("from pivotgen import Config\nconfig = Config('a')\n", "TypeError"),
    ],
)
def test_settings_that_cannot_be_read_are_a_problem_of_the_report(
    world: World, settings: str, message: str
) -> None:
    world.pivot("Chef", "Nurse")
    world.write("build.py", settings)
    for report in (build(world.folder), check(world.folder)):
        [problem] = report.problems
        assert (problem.path, problem.code) == ("build.py", "config")
        assert message in problem.message
    # Settings that are given need no build.py.
    assert build(world.folder, CONFIG).ok


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (BuildOptions(out="site"), "holds the site itself"),
        (BuildOptions(out="site/static/out"), "would mix with static/"),
        (BuildOptions(memory="site/content"), "would mix with content/"),
        (BuildOptions(out="site/build.py"), "is not a folder of its own"),
        (BuildOptions(base_url="moves.example"), "base_url must start with https://"),
    ],
)
def test_a_call_that_cannot_be_done_is_refused(
    tmp_path: Path, options: BuildOptions, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "site").mkdir()
    World(tmp_path / "site").pivot("Chef", "Nurse")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SiteError, match=message):
        build("site", options=options)


def test_a_folder_that_holds_no_site_is_refused(tmp_path: Path) -> None:
    for call in (build, check):
        with pytest.raises(SiteError, match=r"there is no build\.py in "):
            call(tmp_path)
        with pytest.raises(SiteError, match="there is no folder "):
            call(tmp_path / "nowhere", CONFIG)
    with pytest.raises(SiteError, match="is not inside this site"):
        check(tmp_path, CONFIG, CheckOptions(files=[ROOT]))


def test_a_check_tells_of_some_files_and_counts_the_others(world: World) -> None:
    one = world.pivot("Chef", "Nurse", PIVOT.replace("tldr:", "tl_dr:"))
    world.pivot("Nurse", "Chef", PIVOT.replace("tldr:", "tl_dr:"))
    report = check(world.folder, options=CheckOptions(files=[world.folder / one]))
    assert [problem.path for problem in report.problems] == [one]
    assert report.elsewhere == 1


def test_a_check_takes_texts_that_are_not_saved(world: World, tmp_path: Path) -> None:
    path = world.pivot("Chef", "Nurse")
    bad = (world.folder / path).read_bytes().replace(b"tldr:", b"tl_dr:")
    unsaved = Unsaved({path: bad}, tmp_path / "aside")
    assert not check(world.folder, options=CheckOptions(unsaved=unsaved)).ok
    assert check(world.folder).ok


def loud(text: str) -> str:
    return text.upper() + "!"


def test_filters_from_elsewhere_work_on_a_site_of_any_size(world: World) -> None:
    names = [f"Role {number:02}" for number in range(21)]
    for one in names:
        for other in names:
            if one != other:
                world.pivot(one, other)
    world.write("layouts/skill.html", "<h1>{{ view.name|loud }}</h1>\n")
    config = Config(name="Moves", base_url="https://moves.example", filters={"loud": loud})
    report = build(world.folder, config, BuildOptions(workers=2))
    assert report.ok, report.problems[:3]
    assert world.read("skills/negotiation/index.html") == "<h1>NEGOTIATION!</h1>"


def test_a_build_leaves_the_garbage_collector_as_it_was(world: World) -> None:
    world.pivot("Chef", "Nurse")
    before = gc.get_threshold()
    assert build(world.folder).ok
    assert gc.get_threshold() == before


def test_a_build_of_the_library_is_the_one_of_the_command(world: World) -> None:
    world.pivot("Chef", "Nurse", PIVOT.replace("window:", "draft: true\nwindow:"))
    world.pivot("Baker", "Nurse")
    configure(world, 'rules_off=("thin-section",)')
    options = BuildOptions(out=world.folder / "other", drafts=True, base_url="https://b.example")
    report = build(world.folder, options=options)
    words = ("build", "--drafts", "--base-url", "https://b.example", "--verify", "--json")
    said = json.loads(world.run(*words).stdout)
    assert said["written"] == said["files"] == report.files == len(report.written)
    assert world.tree() == world.tree("other")
