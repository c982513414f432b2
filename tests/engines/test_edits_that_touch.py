"""Edits of several problems: those that touch are not made at once, because one moves the other."""

from __future__ import annotations

from pivotgen.edits.apply import apply_edits, compatible_edits
from pivotgen.model.edit import Edit
from pivotgen.model.problem import Problem

FILE = "content/pivots/chef-to-nurse.md"


def problem(*edits: Edit) -> Problem:
    return Problem(FILE, 1, 1, "a-code", "a message", "a hint", edits=edits)


def edit(start: int, end: int, text: str, line: int = 1, path: str = FILE) -> Edit:
    return Edit(path, line, start, line, end, text)


def test_edits_that_share_a_place_are_left_for_the_next_time() -> None:
    first = edit(2, 4, "x")
    for other in (edit(4, 6, "y"), edit(1, 2, "y"), edit(4, 4, "y"), edit(3, 3, "y")):
        assert compatible_edits([problem(first), problem(other)]) == {FILE: [first]}
        assert compatible_edits([problem(other), problem(first)]) == {FILE: [other]}


def test_edits_apart_from_each_other_are_made_at_once() -> None:
    first, second, below = edit(1, 2, "x"), edit(3, 4, "y"), edit(2, 3, "z", line=2)
    chosen = compatible_edits([problem(first), problem(second), problem(below)])
    assert chosen == {FILE: [first, second, below]}
    assert apply_edits(b"abcde\nfghij\n", chosen[FILE]) == b"xbyde\nfzhij\n"


def test_edits_of_one_place_in_two_files_are_made_at_once() -> None:
    other = "content/pivots/pilot-to-nurse.md"
    first, second = edit(1, 2, "x"), edit(1, 2, "x", path=other)
    assert compatible_edits([problem(first), problem(second)]) == {FILE: [first], other: [second]}


def test_a_problem_whose_edits_cannot_all_be_made_gets_none() -> None:
    first, touching, free = edit(2, 4, "x"), edit(4, 5, "y"), edit(8, 9, "z")
    assert compatible_edits([problem(first), problem(touching, free)]) == {FILE: [first]}


def test_two_problems_that_want_the_same_edit_share_it() -> None:
    both, own = edit(2, 4, "x"), edit(8, 9, "z")
    assert compatible_edits([problem(both), problem(both, own)]) == {FILE: [both, own]}
