"""A machine that runs builds obeys nothing of what others wrote, and its own format works."""

from __future__ import annotations

import json
import re

import pytest

from pivotgen.model.problem import Problem
from pivotgen.problems.report import report
from tests.trust.hostile import write_hostile
from tests.trust.runner import NAMES, obeyed
from tests.world.site import PIVOT, World


@pytest.mark.parametrize(
    "line",
    [
        "::set-output name=a::b",
        "  \u3000::add-mask::b",
        "::stop-commands::word",
        "a ##[error]b",
        "##[group]a",
        "###[group]a",
        "##vso[task.prependpath]a",
        "##teamcity[message text='a']",
        "\x1b[0Ksection_start:1:a\r\x1b[0Kb",
        "a\r::error::b",
    ],
)
def test_the_judge_knows_what_is_obeyed(line: str) -> None:
    assert obeyed(line)


@pytest.mark.parametrize(
    "line", ["a ::error::b", ":: error::b", "##[a", "::group:b", "# [a]", "::unknown::"]
)
def test_the_judge_knows_what_is_not(line: str) -> None:
    assert not obeyed(line)


WORDS = [
    ("check",),
    ("check", "--diff"),
    ("check", "--format", "json"),
    ("check", "--format", "gitlab"),
    ("check", "--format", "sarif"),
    ("build",),
    ("build", "--json"),
    ("fmt", "--diff"),
    ("status",),
    ("status", "--json"),
    ("why", "::error::a"),
    ("help", "::error::a"),
    ("##[error]a",),
]


@pytest.mark.parametrize("words", WORDS, ids=[" ".join(words) for words in WORDS])
def test_no_text_of_others_is_obeyed(world: World, words: tuple[str, ...]) -> None:
    write_hostile(world)
    result = world.run(*words)
    assert result.stdout + result.stderr
    assert obeyed(result.stdout) == []
    assert obeyed(result.stderr) == []
    if {"json", "sarif", "gitlab"} & {*words} or "--json" in words:
        json.loads(result.stdout)


def test_every_problem_is_one_command_in_the_format_for_workflows(world: World) -> None:
    write_hostile(world)
    result = world.run("check", "--format", "github")
    count = len(json.loads(world.run("check", "--format", "json").stdout)["problems"])
    commands = obeyed(result.stdout)
    assert count > 40
    assert len(commands) == count
    assert set(commands) <= {"error", "warning"}
    assert obeyed(result.stderr) == []


def test_a_problem_cannot_end_its_command_and_begin_another() -> None:
    problem = Problem(
        "a\n::add-mask::b.md", 1, 1, "x", "a\r\n::set-env name=A::b\u2028::c::", "##[error]"
    )
    text = report([problem], "github")
    assert obeyed(text) == ["error"]
    assert not re.search("[\r\n\u2028]", text)


def test_what_a_sites_own_code_prints_is_not_obeyed(world: World) -> None:
    world.pivot("Chef", "Nurse", PIVOT)
    settings = (world.folder / "build.py").read_text("utf-8")
    printed = "\n".join(f"::{name} a=b::c\n##[{name}]" for name in sorted(NAMES))
    world.write("build.py", f"{settings}\nprint({printed!r})\nraise ValueError({printed!r})\n")
    result = world.run("build")
    assert "set-env" in result.stdout
    assert obeyed(result.stdout + result.stderr) == []
