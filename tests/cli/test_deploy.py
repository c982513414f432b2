"""`deploy` on the command line: what it says, asks and hands to programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pivotgen.cli._progress import Bar
from tests.world.edits import edit
from tests.world.site import World
from tests.world.terminal import on_terminal

CHEF = "content/pivots/chef-to-nurse.md"
TARGETS = '"production": Folder("www", verify=False), "staging": Folder("other")'


@pytest.fixture
def site(world: World) -> World:
    for name in ("Chef", "Baker"):
        world.pivot(name, "Nurse")
    world.targets(TARGETS)
    return world


def shown(site: World) -> dict[str, bytes]:
    return site.tree("www/public")


def test_a_deploy_says_what_is_where_and_how_to_go_back(site: World) -> None:
    first = site.run("deploy")
    assert first.returncode == 0, first.stderr
    assert "at https://" in first.stdout
    assert " added; " in first.stdout
    assert "--rollback" not in first.stdout
    assert site.run("deploy").stdout.startswith("Everything is there already: release ")
    edit(site, CHEF, "Some text.", "Other words.")
    second = site.run("deploy").stdout
    assert ": 1 changed; " in second
    assert "`pivotgen deploy --rollback` brings the one before it back." in second


def test_a_plan_says_all_and_changes_nothing(site: World) -> None:
    plan = site.run("deploy", "--plan").stdout
    assert "  add " in plan
    assert plan.endswith("Nothing was changed.\n")
    assert not (site.folder / "www").exists()
    assert site.run("deploy").returncode == 0
    before = site.tree("www")
    edit(site, CHEF, "Some text.", "Other words.")
    (site.folder / "content/pivots/baker-to-nurse.md").unlink()
    plan = site.run("deploy", "--plan").stdout
    assert "  change " in plan
    assert "  delete " in plan
    assert "  send " in plan
    assert site.tree("www") == before


def test_programs_get_json_and_nothing_else(site: World) -> None:
    site.setting("after_build=lambda report: print('from the settings')")
    result = site.run("deploy", "--json")
    value = json.loads(result.stdout)
    assert (value["target"], value["place"], value["plan"]) == ("production", "www", False)
    assert "pivots/chef-to-nurse/index.html" in value["added"]
    assert value["kept"][0]["id"] == value["release"]
    assert json.loads(site.run("deploy", "--plan", "--json").stdout)["unchanged"] is True


def test_a_way_back_needs_no_sources_and_names_what_is_kept(site: World) -> None:
    assert "there is no earlier release" in site.run("deploy", "--rollback").stderr
    assert site.run("deploy").returncode == 0
    before = shown(site)
    first = json.loads(site.run("deploy", "--json").stdout)["release"]
    edit(site, CHEF, "Some text.", "Other words.")
    assert site.run("deploy").returncode == 0
    after = shown(site)
    (site.folder / CHEF).write_text("broken")
    assert site.run("deploy", "--rollback").returncode == 0
    assert {path: data for path, data in shown(site).items() if path.endswith(".html")} == {
        path: data for path, data in before.items() if path.endswith(".html")
    }
    assert site.run("deploy", "--rollback").returncode == 0
    assert (
        shown(site)["pivots/chef-to-nurse/index.html"] == after["pivots/chef-to-nurse/index.html"]
    )
    assert site.run("deploy", "--rollback", first[:6]).returncode == 0
    wrong = site.run("deploy", "--rollback", "zz9")
    assert wrong.returncode == 1
    assert "there is no release zz9 to go back to" in wrong.stderr
    assert f"kept are: {first}" in wrong.stderr


def test_files_of_others_are_overwritten_only_when_that_is_said(site: World) -> None:
    site.write("www/public/index.html", "somebody's")
    result = site.run("deploy")
    assert result.returncode == 1
    assert "error[deploy-refused]" in result.stderr
    assert shown(site) == {"index.html": b"somebody's"}
    assert site.run("deploy", "--adopt").returncode == 0
    assert shown(site)["index.html"] != b"somebody's"


def test_another_target_is_named(site: World) -> None:
    assert site.run("deploy", "staging", "--plan").stdout.startswith("other, seen at ")
    result = site.run("deploy", "nowhere")
    assert result.returncode == 2
    assert "there is no target `nowhere`; there are production, staging" in result.stderr


def test_settings_without_a_target_say_how_to_add_one(world: World) -> None:
    result = world.run("deploy")
    assert result.returncode == 2
    assert "targets={'production': S3('my-bucket')}" in result.stderr


@pytest.mark.parametrize(
    ("target", "library"),
    [("S3('bucket')", "obstore"), ("Azure('account')", "obstore")],
)
def test_a_library_that_is_missing_is_told_in_a_line(
    site: World, target: str, library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys
    from dataclasses import replace

    from pivotgen.commands.deploy import deploy
    from pivotgen.model.targets import S3, Azure
    from tests.world.builds import CONFIG

    for name in [name for name in sys.modules if name.partition(".")[0] == library]:
        monkeypatch.delitem(sys.modules, name)
    for name in ("s3", "azure", "objects"):
        monkeypatch.delitem(sys.modules, f"pivotgen.engines.stores.{name}", raising=False)
    monkeypatch.setitem(sys.modules, library, None)
    place = eval(target, {"S3": S3, "Azure": Azure})
    [problem] = deploy(site.folder, replace(CONFIG, targets={"here": place})).problems
    assert problem.message.endswith("needs another library")
    assert problem.hint == "python -m pip install 'pivotgen[deploy]'"


@pytest.mark.parametrize("target", ["S3('bucket')", "Azure('account')"])
def test_keys_that_are_missing_are_told_before_anything_is_built(
    site: World, target: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import os

    for name in [name for name in os.environ if name.startswith(("AWS_", "AZURE_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    settings = (site.folder / "build.py").read_text("utf-8")
    site.write("build.py", settings.replace(TARGETS, f'"here": {target}'))
    result = site.run("deploy")
    assert result.returncode == 1
    assert "error[deploy-failed]: there " in result.stderr
    assert "set A" in result.stderr
    assert not (site.folder / "public").exists()


def test_a_terminal_is_asked_before_many_pages_go(site: World) -> None:
    # Nobody can answer here, and then nothing goes.
    for number in range(30):
        site.pivot(f"Cook {number}", "Nurse")
    assert site.run("deploy").returncode == 0
    for number in range(30):
        (site.folder / f"content/pivots/cook-{number}-to-nurse.md").unlink()
    result = site.run("deploy")
    assert result.returncode == 1
    assert "would be deleted" in result.stderr
    assert "--max-deletes " in result.stderr


def test_the_bar_shows_what_is_sent_on_a_terminal_alone(site: World) -> None:
    status, output = on_terminal(site, "deploy")
    assert status == 0
    assert "Release " in output
    # A small site needs no bar.
    assert "█" not in output
    assert "█" not in site.run("deploy").stderr
    assert Bar().shown == ("", 0)
