"""The report for GitLab: what it reads of Code Quality, and nothing it does not know."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pivotgen.model.problem import Level, Problem
from pivotgen.problems.report import report
from tests.world.site import World

PLACE = ("content/pivots/a.md", 7, 3)


def entries(*problems: Problem) -> list[dict[str, Any]]:
    parsed: list[dict[str, Any]] = json.loads(report(problems, "gitlab"))
    return parsed


def test_a_problem_has_what_gitlab_needs() -> None:
    [error, warning] = entries(
        Problem(*PLACE, "unknown-key", "unknown key `tl_dr`", "did you mean `tldr`?"),
        Problem(*PLACE, "echo", "says it twice", level=Level.WARNING),
    )
    assert error["description"] == "unknown key `tl_dr`; did you mean `tldr`?"
    assert error["check_name"] == "unknown-key"
    assert error["location"] == {"path": PLACE[0], "lines": {"begin": 7}}
    assert (error["severity"], warning["severity"]) == ("major", "minor")


def test_no_problem_is_an_empty_list() -> None:
    assert entries() == []


def test_equal_problems_are_told_apart_and_lines_that_move_change_none() -> None:
    first, second = (Problem("a.md", line, 1, "echo", "says it twice") for line in (3, 9))
    before = [entry["fingerprint"] for entry in entries(first, second)]
    moved = [Problem("a.md", line, 1, "echo", "says it twice") for line in (13, 19)]
    assert len(set(before)) == 2
    assert [entry["fingerprint"] for entry in entries(*moved)] == before


@pytest.mark.parametrize(
    "other",
    [
        Problem("b.md", 3, 1, "echo", "says it twice"),
        Problem("a.md", 3, 1, "thin-section", "says it twice"),
        Problem("a.md", 3, 1, "echo", "says it thrice"),
        Problem("a.md\0echo", 3, 1, "", "says it twice"),
    ],
)
def test_other_problems_have_other_fingerprints(other: Problem) -> None:
    one = Problem("a.md", 3, 1, "echo", "says it twice")
    assert len({entry["fingerprint"] for entry in entries(one, other)}) == 2


def test_a_name_that_is_no_text_does_no_harm() -> None:
    [entry] = entries(Problem("a\udcff.md", 1, 1, "x", "y"))
    assert entry["fingerprint"]


def test_check_writes_it_to_standard_output_and_fails(world: World) -> None:
    world.pivot("Chef", "Nurse")
    world.write("content/pivots/chef-to-cook.md", "---\ntitel: A\n---\n")
    result = world.run("check", "--format", "gitlab")
    assert result.returncode == 1
    paths = {entry["location"]["path"] for entry in json.loads(result.stdout)}
    assert "content/pivots/chef-to-cook.md" in paths
