"""What docs/ and the README say is true."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields, replace
from typing import Any

import pytest

from pivotgen.checks import EXTERNAL, OWN_CALL, rules
from pivotgen.commands.schema import schema
from pivotgen.kinds import KINDS, PageKind, page_kinds
from pivotgen.model import view
from pivotgen.model.content import FOLDERS
from pivotgen.pipeline import build
from pivotgen.stages.worker_pool import worker_pool
from tests.world.builds import CONFIG, build_here
from tests.world.parsed import problems_in
from tests.world.site import ROOT, World
from tests.world.texts import GOOD_PIVOT, PIVOT_PATH

LAYOUTS = (ROOT / "docs" / "layouts.md").read_text("utf-8")


@pytest.mark.parametrize("kind", [folder.noun for folder in FOLDERS.values()])
def test_the_table_of_keys_is_the_schema(kind: str) -> None:
    text = (ROOT / "docs" / "frontmatter.md").read_text("utf-8")
    assert schema(kind, markdown=True) in text, f"paste `pivotgen schema {kind} --markdown`"


@pytest.mark.parametrize(
    "name",
    [
        "README.md",
        "docs/README.md",
        "docs/architecture.md",
        "docs/ci.md",
        "docs/deploy.md",
        "docs/first-pivot.md",
        "docs/hosting.md",
        "pivotgen/README.md",
        "docs/writing.md",
        "docs/layouts.md",
        "docs/library.md",
        "docs/rules.md",
        "pivotgen/problems/codes/README.md",
    ],
)
def test_links_in_the_documentation_lead_to_files(name: str) -> None:
    file = ROOT / name
    prose = re.sub(r"^```.*?^```$|`[^`\n]+`", "", file.read_text("utf-8"), flags=re.M | re.S)
    targets = re.findall(r"\]\((?!https?:|#)([^)#]+)", prose)
    assert targets
    for target in targets:
        assert (file.parent / target).exists(), target


def test_the_map_lists_every_room_and_no_other() -> None:
    rooms = {file.parent.name for file in (ROOT / "pivotgen").glob("*/*.*")}
    text = (ROOT / "pivotgen" / "README.md").read_text("utf-8")
    assert set(re.findall(r"(?m)^\| `([a-z]+)/` \|", text)) == rooms - {"__pycache__"}


def test_the_tour_names_the_floors_that_the_contract_holds() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    [floors] = [
        contract
        for contract in project["tool"]["importlinter"]["contracts"]
        if contract["name"] == "The floors of the house"
    ]
    listed = " > ".join(floors["layers"]).replace("pivotgen.", "").removeprefix("__main__ > ")
    assert f"`{listed}`" in (ROOT / "docs" / "architecture.md").read_text("utf-8")


@pytest.mark.parametrize("kind", list(page_kinds(KINDS.values())), ids=lambda kind: kind.name)
def test_the_layout_guide_names_every_field_of_every_view(kind: PageKind[Any, Any, Any]) -> None:
    part = LAYOUTS.split(f"({kind.view.__name__})", 1)[1].split("\n## ", 1)[0]
    for field in fields(kind.view):
        assert f"`{field.name}`" in part, field.name


def test_the_layout_guide_names_every_field_of_the_site() -> None:
    [shared] = [part for part in LAYOUTS.split("\n\n") if part.startswith("`site` has")]
    named = set(re.findall(r"`(\w+)`", shared)) - {"site"}
    assert named == {field.name for field in fields(view.Chrome)}


def test_the_examples_of_the_layout_guide_work(world: World) -> None:
    world.write(PIVOT_PATH, GOOD_PIVOT)
    examples = re.findall(r"`(\{\{.*?\}\})`", LAYOUTS)
    examples += [f"{{{{ {one} }}}}" for one in re.findall(r"`(site\.assets\[.*?\])`", LAYOUTS)]
    assert len(examples) == 5
    world.write("layouts/role.html", "\n".join(examples))
    config = replace(CONFIG, filters={"shout": str.upper})
    with worker_pool(1) as pool:
        report = build(config, world.folder, world.folder / "public", pool)
    assert report.problems == []
    page = world.read("to/nurse/index.html")
    assert {"NURSE", "3 career pivots"} <= set(page.splitlines())
    assert re.search(r"^/assets/style\.[0-9a-f]{10}\.css$", page, re.M)


def test_the_index_of_guides_lists_every_guide() -> None:
    index = (ROOT / "docs" / "README.md").read_text("utf-8")
    guides = {file.name for file in (ROOT / "docs").glob("*.md")} - {"README.md", "benchmarks.md"}
    assert guides == set(re.findall(r"\]\(([\w-]+\.md)\)", index))


WRITING = (ROOT / "docs" / "writing.md").read_text("utf-8")
RULES = (ROOT / "docs" / "rules.md").read_text("utf-8")


def test_the_guide_to_rules_lists_those_there_are() -> None:
    assert re.findall(r"^\| `([a-z-]+)` \|", RULES, re.M) == [*sorted(rules()), OWN_CALL, EXTERNAL]


def test_the_silence_and_the_rule_in_the_guide_work() -> None:
    silence, rule = re.findall(r"```(?:yaml|python)\n(.*?)```", RULES, re.S)
    thin = GOOD_PIVOT.replace("skills:", f"{silence}skills:") + "\n## Costs\n\nLow synergy.\n"
    names: dict[str, Any] = {}
    exec(rule, names)
    own = [("no-jargon", names["no_jargon"])]
    [problem] = problems_in({PIVOT_PATH: thin}, own=own)
    assert (problem.code, problem.line, problem.level) == ("no-jargon", 32, "warning")


def test_the_plugin_in_the_guide_works(world: World) -> None:
    [plugin] = re.findall(r"```python\n(.*?)```", WRITING, re.S)
    names: dict[str, Any] = {}
    exec(plugin, names)
    world.write(PIVOT_PATH, GOOD_PIVOT.replace("Nobody sends", "Press ++Ctrl++. Nobody sends"))
    config = replace(CONFIG, markdown=(names["keys"],))
    assert build_here(world.folder, config, world.folder / "public").problems == []
    assert "Press <kbd>Ctrl</kbd>." in world.read("pivots/chef-to-nurse/index.html")
