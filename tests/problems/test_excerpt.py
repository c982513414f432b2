"""A problem as text: which part of its line is shown, and where the caret stands."""

from __future__ import annotations

import pytest

from pivotgen.model.problem import Problem
from pivotgen.problems.excerpt import excerpt, frame, source_lines

LONG = "".join(f"{number:04}" for number in range(125))


def shown(line: str, column: int) -> tuple[str, int]:
    [(_, part)], caret = frame(Problem("a.md", 1, column, "x", "y"), [line])
    return part, caret


@pytest.mark.parametrize("length", [239, 240])
def test_a_line_up_to_the_limit_is_shown_whole(length: int) -> None:
    assert shown(LONG[:length], 200) == (LONG[:length], 200)


@pytest.mark.parametrize(
    ("length", "column", "start", "marks"),
    [
        (241, 1, 0, ("", "…")),
        (241, 121, 0, ("", "…")),
        (241, 122, 1, ("…", "")),
        (500, 120, 0, ("", "…")),
        (500, 200, 79, ("…", "…")),
        (500, 380, 259, ("…", "…")),
        (500, 381, 260, ("…", "")),
        (500, 500, 379, ("…", "")),
    ],
)
def test_of_a_longer_line_a_part_is_shown_with_the_caret_at_the_same_letter(
    length: int, column: int, start: int, marks: tuple[str, str]
) -> None:
    line = LONG[:length]
    part, caret = shown(line, column)
    assert part == f"{marks[0]}{line[start : start + 240]}{marks[1]}"
    assert part[caret - 1] == line[column - 1]
    assert line[start + caret - 1 - len(marks[0])] == line[column - 1]


def test_lines_around_are_shown_from_their_start_and_the_caret_is_that_of_the_problem() -> None:
    lines = [LONG, "\tb\x1b", LONG, "d", "e"]
    shown, caret = frame(Problem("a.md", 3, 400, "x", "y"), lines, around=1)
    assert [number for number, _ in shown] == [2, 3, 4]
    assert shown[0][1] == " b\\x1b"
    assert shown[1][1][caret - 1] == LONG[399]
    above, _ = frame(Problem("a.md", 2, 1, "x", "y"), lines, around=2)
    assert [number for number, _ in above] == [1, 2, 3, 4]
    assert above[0][1] == above[2][1] == f"{LONG[:240]}…"


def test_the_caret_stands_below_its_letter() -> None:
    problem = Problem("a.md", 2, 3, "x", "is wrong", "mend it")
    text = excerpt(problem, b"a\r\n\tbcd\rlast")
    assert text == "a.md:2:3: error[x]: is wrong\n     bcd\n      ^\nhint: mend it"
    assert excerpt(Problem("a.md", 4, 1, "x", "y"), b"a\nb\nc\n") == "a.md:4:1: error[x]: y"
    assert excerpt(Problem("a.md", 1, 1, "leads-outside", "y"), b"a") == (
        "a.md:1:1: error[leads-outside]: y"
    )
    assert excerpt(Problem("a.md", 1, 1, "x", "y"), None) == "a.md:1:1: error[x]: y"


def test_the_lines_of_a_file_are_those_of_its_reader() -> None:
    assert source_lines(None) == []
    assert source_lines(b"\xef\xbb\xbfa\nb\r\nc\rd\x0be\n") == ["a", "b", "c", "d\x0be"]
    assert source_lines(b"a\n\n") == ["a", ""]
