"""What a merge left in a file is told at its line, and the rest of the file is still checked."""

from __future__ import annotations

import pytest

from pivotgen.model.problem import Problem
from pivotgen.model.source import Source
from pivotgen.stages.parse.parse import parse
from tests.world.texts import GOOD_PAGE, GOOD_PIVOT, GOOD_ROLE, PAGE_PATH, PIVOT_PATH, ROLE_PATH

START, MIDDLE, END = "<<<<<<< HEAD", "=======", ">>>>>>> night-shifts"


def conflict(ours: str, theirs: str) -> str:
    return f"{START}\n{ours}\n{MIDDLE}\n{theirs}\n{END}\n"


def problems_of(text: str, path: str = PIVOT_PATH) -> list[Problem]:
    [parsed] = parse([Source(path, text.encode(), b"")])
    return list(parsed.problems)


def told(text: str, path: str = PIVOT_PATH) -> list[tuple[int, str]]:
    return sorted((problem.line, problem.code) for problem in problems_of(text, path))


def line_of(text: str, sign: str = START) -> int:
    return text.split("\n").index(sign) + 1


@pytest.mark.parametrize(
    ("path", "good"),
    [(PIVOT_PATH, GOOD_PIVOT), (ROLE_PATH, GOOD_ROLE), (PAGE_PATH, GOOD_PAGE)],
)
@pytest.mark.parametrize("ours", ["## Fees", "- One fee", "", "A line.\n\nAnother.", "> Quoted"])
def test_two_versions_in_a_text_are_one_problem_at_the_first_mark(
    path: str, good: str, ours: str
) -> None:
    text = f"{good}\n{conflict(ours, 'Fees are low.')}\nThe end.\n"
    assert told(text, path) == [(line_of(text), "merge-conflict")]


@pytest.mark.parametrize(
    ("old", "ours", "theirs"),
    [
        ("to: Nurse\n", "to: Nurse", "to: Medic"),
        ("skills:\n  - Triage\n", "skills:\n  - Triage", "skills:\n  - Charting"),
        ("updated: 2026-11-01\n", "updated: 2026-11-01", "updated: 2026-11-02\ndraft: true"),
    ],
)
def test_two_versions_in_a_header_are_one_problem_at_the_first_mark(
    old: str, ours: str, theirs: str
) -> None:
    assert old in GOOD_PIVOT
    text = GOOD_PIVOT.replace(old, conflict(ours, theirs))
    assert told(text) == [(line_of(text), "merge-conflict")]


def test_windows_line_ends_and_the_common_past_are_understood() -> None:
    past = f"{START}\nA\n||||||| 1a2b3c\nB\n{MIDDLE}\nC\n{END}\n"
    text = f"{GOOD_PIVOT}\n{past}"
    assert told(text) == [(line_of(text), "merge-conflict")]
    assert told(text.replace("\n", "\r\n")) == [(line_of(text), "merge-conflict")]


def test_every_conflict_and_every_other_problem_of_the_first_version_is_told() -> None:
    first = conflict("See [a](b c.md).", "See [[a]].")
    text = f"{GOOD_PIVOT}\n{first}\n<b>\n\n{conflict('D', 'E')}"
    start = line_of(text)
    assert told(text) == [
        (start, "merge-conflict"),
        (start + 1, "lost-link"),
        (start + 6, "raw-html"),
        (start + 8, "merge-conflict"),
    ]


@pytest.mark.parametrize("left", [END, f"A line.\n{END}", f"{START}\nA line.", START])
def test_a_mark_that_was_left_over_is_told(left: str) -> None:
    text = f"{GOOD_PIVOT}\n{left}\n"
    sign = START if START in left else END
    assert (line_of(text, sign), "merge-conflict") in told(text)


@pytest.mark.parametrize(
    "text",
    [
        f"```text\n{conflict('A', 'B')}```",
        "    <<<<<<< HEAD\n    A\n    >>>>>>> b",
        "|||||||",
        "Type `<<<<<<<` and `>>>>>>>`.",
        "1 <<<<<<< 2",
    ],
)
def test_marks_in_code_and_within_a_line_are_left_alone(text: str) -> None:
    assert told(f"{GOOD_PIVOT}\n{text}\n") == []
