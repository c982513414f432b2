"""Reports for programs: each form is what its schema, or the host that reads it, demands."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from pivotgen.model.edit import Edit
from pivotgen.model.problem import Level, Problem
from pivotgen.problems.codes import codes
from pivotgen.problems.report import report
from tests.world import examples
from tests.world.site import PIVOT, ROOT, World

SAID = [
    Problem("content/pivots/a b.md", 7, 1, "unknown-key", "no `x`", "did you mean `y`?"),
    Problem("build.py", 1, 1, "too-few", "a site's own: 50 %,\nno more", "", Level.WARNING),
    Problem(
        "content/pivots/ä.md",
        2,
        9,
        "two-spellings",
        "written `B`",
        "write `B`",
        edits=(
            Edit("content/pivots/ä.md", 2, 9, 2, 10, "B"),
            Edit("content/pivots/c.md", 3, 1, 3, 4, ""),
        ),
    ),
]


@pytest.fixture(scope="module")
def everything() -> list[Problem]:
    """What an example of every code provokes, and some odd ones."""
    found = list(SAID)
    one_of_each = {code: case for _, code, case in reversed(examples.CASES)}
    for code, case in one_of_each.items():
        if code != "config":
            found += examples.problems_of_example(case, case.wrong)[0]
    return found


@pytest.mark.parametrize(
    ("form", "schema"),
    [("json", "docs/report.schema.json"), ("sarif", "tests/problems/sarif.schema.json")],
)
def test_the_report_is_valid_by_its_schema(
    everything: list[Problem], form: str, schema: str
) -> None:
    validator = Draft202012Validator(json.loads((ROOT / schema).read_text("utf-8")))
    Draft202012Validator.check_schema(validator.schema)
    for problems in ([], everything):
        text = report(problems, form)
        assert not [error.message for error in validator.iter_errors(json.loads(text))]


def test_a_report_that_lacks_or_adds_something_is_not_valid() -> None:
    for form, schema in (
        ("json", "docs/report.schema.json"),
        ("sarif", "tests/problems/sarif.schema.json"),
    ):
        validator = Draft202012Validator(json.loads((ROOT / schema).read_text("utf-8")))
        whole = json.loads(report(SAID, form))
        for broken in _broken(whole):
            assert not validator.is_valid(broken)


def _broken(whole: dict[str, Any]) -> list[dict[str, Any]]:
    if "problems" in whole:
        first, *rest = whole["problems"]
        less = {key: value for key, value in first.items() if key != "line"}
        return [{"problems": [less, *rest]}, {"problems": [{**first, "line": 0}]}]
    [run] = whole["runs"]
    first = {**run["results"][0], "level": "fatal"}
    return [{"runs": [run]}, {**whole, "runs": [{**run, "results": [first]}]}]


def test_sarif_rules_carry_the_page_of_their_code(everything: list[Problem]) -> None:
    [run] = json.loads(report(everything, "sarif"))["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rules[result["ruleIndex"]]["id"] for result in run["results"]] == [
        problem.code for problem in everything
    ]
    explained = {rule["id"]: rule for rule in rules if "help" in rule}
    assert set(explained) == set(codes()) - {"config", *examples.MACHINE_CODES}
    assert "    | tl_dr:" in explained["unknown-key"]["help"]["text"]
    assert "````yaml\ntl_dr:\n````" in explained["unknown-key"]["help"]["markdown"]


def test_sarif_gives_each_file_that_a_mend_changes() -> None:
    [run] = json.loads(report(SAID, "sarif"))["runs"]
    [fix] = run["results"][2]["fixes"]
    second, first = fix["artifactChanges"]
    assert first["artifactLocation"]["uri"] == "content/pivots/%C3%A4.md"
    [replacement] = second["replacements"]
    region = {"startLine": 3, "startColumn": 1, "endLine": 3, "endColumn": 4}
    assert replacement == {"deletedRegion": region, "insertedContent": {"text": ""}}


def test_workflow_commands_hold_one_problem_a_line(everything: list[Problem]) -> None:
    lines = report(everything, "github").split("\n")
    assert len(lines) == len(everything)
    command = re.compile(
        r"::(error|warning) file=[^,:]+,line=\d+,col=\d+,title=[a-z0-9-]+::[^\r\n]+"
    )
    assert [line for line in lines if not command.fullmatch(line)] == []
    assert "50 %25,%0Ano more" in lines[1]


def test_reports_for_programs_hold_every_problem(world: World) -> None:
    text = PIVOT.replace("tldr:", "tl_dr:").replace("window: 3–9 months\n", "")
    world.pivot("Chef", "Nurse", text)
    [one, two] = json.loads(world.run("check", "--format", "json").stdout)["problems"]
    assert (two["code"], two["line"], two["level"]) == ("unknown-key", 6, "error")
    assert one["code"] == "missing-key"
    sarif = json.loads(world.run("check", "--format", "sarif").stdout)["runs"][0]["results"]
    assert sarif[1]["locations"][0]["physicalLocation"]["region"]["startLine"] == 6
    github = world.run("check", "--format", "github")
    assert "::error file=content/pivots/chef-to-nurse.md,line=6,col=1" in github.stdout
    assert github.returncode == 1
