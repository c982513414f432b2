"""What docs/ and the README say is true."""

from __future__ import annotations

import re
from dataclasses import fields
from typing import Any

import pytest

from pivotgen.checks import EXTERNAL, rules
from pivotgen.commands.schema import schema
from pivotgen.engines import schema as engine
from pivotgen.model import view
from pivotgen.model.header import PivotHeader
from tests.checks.corpus import FILE, PIVOT, said
from tests.conftest import ROOT


@pytest.mark.parametrize("kind", ["pivot", "role"])
def test_the_table_of_keys_is_the_schema(kind: str) -> None:
    text = (ROOT / "docs" / "frontmatter.md").read_text("utf-8")
    assert schema(kind, markdown=True) in text, f"paste `pivotgen schema {kind} --markdown`"


@pytest.mark.parametrize(
    "name",
    [
        "README.md",
        "docs/writing.md",
        "docs/layouts.md",
        "docs/rules.md",
        "pivotgen/codes/README.md",
    ],
)
def test_links_in_the_documentation_lead_to_files(name: str) -> None:
    file = ROOT / name
    targets = re.findall(
        r"\]\((?!https?:|#)([^)#]+)", re.sub(r"`[^`\n]+`", "", file.read_text("utf-8"))
    )
    assert targets
    for target in targets:
        assert (file.parent / target).exists(), target


@pytest.mark.parametrize(
    "name", ["PivotView", "RoleView", "SkillView", "ExplorerView", "MissingView"]
)
def test_the_layout_guide_names_every_field_of_every_view(name: str) -> None:
    guide = (ROOT / "docs" / "layouts.md").read_text("utf-8")
    part = guide.split(f"({name})", 1)[1].split("\n## ", 1)[0]
    for field in fields(getattr(view, name)):
        assert f"`{field.name}`" in part, field.name


def test_the_example_in_the_schema_is_valid_for_every_key() -> None:
    document = engine.json_schema(PivotHeader)
    assert set(document["required"]) == {
        "title",
        "description",
        "from",
        "to",
        "window",
        "tldr",
        "skills",
        "faqs",
    }
    assert all(value["description"] for value in document["properties"].values())


RULES = (ROOT / "docs" / "rules.md").read_text("utf-8")


def test_the_guide_to_rules_lists_those_there_are() -> None:
    assert re.findall(r"^\| `([a-z-]+)` \|", RULES, re.M) == [*sorted(rules()), EXTERNAL]


def test_the_silence_and_the_rule_in_the_guide_work() -> None:
    silence, rule = re.findall(r"```(?:yaml|python)\n(.*?)```", RULES, re.S)
    thin = PIVOT.replace("skills:", f"{silence}skills:") + "\n## Costs\n\nLow synergy.\n"
    names: dict[str, Any] = {}
    exec(rule, names)
    own = [("no-jargon", names["no_jargon"])]
    [found] = said({FILE: thin}, own=own)
    assert (found.code, found.line, found.level) == ("no-jargon", 32, "warning")
