"""Reports for programs: names of files that hold what the form itself gives a meaning."""

from __future__ import annotations

import json

import pytest

from tests.world.site import World

# Each is misplaced, so that there is something to report.
NAMES = {
    "a,b.md": "content/a%2Cb.md",
    "a:b.md": "content/a%3Ab.md",
    "100%.md": "content/100%25.md",
    "a b,title=x::y.md": "content/a b%2Ctitle=x%3A%3Ay.md",
}
# Of a site's own, whose message has a line break and whatever else means something.
RULE = """\
from pivotgen.model.problem import Problem


def own_rule(site):
    yield Problem("content/pivots/chef-to-nurse.md", 1, 1, "own-rule", "5%\\r\\n, a: b")


"""


@pytest.fixture
def misplaced(world: World) -> World:
    world.pivot("Chef", "Nurse")
    for name in NAMES:
        world.write(f"content/{name}", "Some text.\n")
    return world


def test_the_head_of_a_workflow_command_ends_where_it_should(misplaced: World) -> None:
    output = misplaced.run("check", "--format", "github").stdout
    lines = [line for line in output.split("\n") if "misplaced-file" in line]
    message = "this file is neither a pivot nor a role nor a page"
    hint = "move it to content/pivots/, content/roles/ or content/pages/"
    assert sorted(lines) == sorted(
        f"::error file={path},line=1,col=1,title=misplaced-file::{message}; {hint}"
        for path in NAMES.values()
    )


def test_a_line_break_in_a_message_does_not_end_the_command(world: World) -> None:
    settings = (world.folder / "build.py").read_text("utf-8")
    settings = settings.replace("config = Config(\n", f"{RULE}config = Config(\n")
    world.write("build.py", settings.replace("Config(\n", "Config(\n    checks=(own_rule,),\n"))
    world.pivot("Chef", "Nurse")
    lines = world.run("check", "--format", "github").stdout.split("\n")
    [line] = [line for line in lines if "own-rule" in line]
    assert line.endswith("title=own-rule::5%25%0D%0A, a: b")


def test_the_other_forms_give_the_name_as_it_is_or_as_a_web_address(misplaced: World) -> None:
    problems = json.loads(misplaced.run("check", "--format", "json").stdout)["problems"]
    paths = {problem["path"] for problem in problems if problem["code"] == "misplaced-file"}
    assert paths == {f"content/{name}" for name in NAMES}
    [run] = json.loads(misplaced.run("check", "--format", "sarif").stdout)["runs"]
    places = [problem["locations"][0]["physicalLocation"] for problem in run["results"]]
    addresses = {place["artifactLocation"]["uri"] for place in places}
    assert {"content/a%2Cb.md", "content/a%3Ab.md", "content/100%25.md"} <= addresses
