"""Phrases: whatever is wrong with a file of phrases is told at its place, in plain words."""

from __future__ import annotations

import pytest

from pivotgen.edits.apply import apply_edits
from pivotgen.engines.layouts.phrases import read_phrases
from pivotgen.model.problem import Problem, any_errors
from pivotgen.model.source import Source

ENGLISH = "layouts/phrases/en.yaml"
QUOTES = 'put the whole text in "double quotes"'


def _problems(text: str, language: str = "en", **others: str) -> list[Problem]:
    texts = {language: text, **others}
    sources = [
        Source(f"layouts/phrases/{name}.yaml", file.encode(), b"") for name, file in texts.items()
    ]
    phrases, problems = read_phrases(sources, language)
    assert (phrases is None) == any_errors(problems)
    return problems


@pytest.mark.parametrize(
    ("text", "line", "column", "message", "hint"),
    [
        ("home: a: b", 1, 8, "there is a second `: ` here", QUOTES),
        ('skip: x\nhome: "a', 2, 7, "a quote is opened here and never closed", "close it"),
        ("home: @a", 1, 7, "this character cannot start a text", QUOTES),
        ("skip: x\n\thome: a", 2, 1, "a tab cannot indent a line", "indent with spaces"),
        ('home: "a\\q"', 1, 9, "a backslash in double quotes", "two backslashes"),
        ("home: *a", 1, 7, "`*` at the start of a text", QUOTES),
        ("home: & a", 1, 7, "`*` or `&` at the start of a text", QUOTES),
        ("home: {a", 1, 7, "a bracket is opened here and never closed", QUOTES),
        ("home: [", 2, 1, "a bracket before this is never closed", QUOTES),
        ("home: {a} b", 1, 11, "the text before this has ended already", QUOTES),
        ("home: {a}", 1, 7, "a brace at the start of a text", QUOTES),
        ('home: "a"\n b: c', 2, 2, "the text before this has ended already", "first column"),
        ("skip: x\nhome\nby: y", 2, 1, "this line is not a name, a colon and a text", "colon"),
        ("  skip: x\nhome: a", 2, 1, "this line starts further to the left", "first column"),
        ("home: a\n---\nskip: b", 2, 1, "`---` starts a second document", "leave the line out"),
        ("home: |a", 1, 8, "`|` or `>` at the start of a value", "put the whole text in"),
        ("home: a\0b", 1, 8, "there is an invisible character (U+0000) here", "delete it"),
        ("- home", 1, 1, "this is not a name, a colon and a text", "one text"),
        ("pivots: {one: [a], other: b}", 1, 15, "this is not a name, a colon and a text", ""),
        ("direction: left", 1, 12, "direction is `ltr` or `rtl`, not `left`", ""),
    ],
)
def test_a_file_that_cannot_be_used_is_told_at_its_place(
    text: str, line: int, column: int, message: str, hint: str
) -> None:
    [problem] = _problems(text)
    assert (problem.path, problem.line, problem.column) == (ENGLISH, line, column)
    assert problem.message.startswith(message)
    assert hint in problem.hint


@pytest.mark.parametrize(
    ("text", "line", "column", "code", "fixed"),
    [
        ("skip: Skip\nhome: Page #1", 2, 12, "cut-text", 'skip: Skip\nhome: "Page #1"'),
        ("# All\r\nhome: To #start\r\n", 2, 10, "cut-text", '# All\r\nhome: "To #start"\r\n'),
        (
            "pivots:\n  one: a #1\n  other: b",
            2,
            10,
            "cut-text",
            'pivots:\n  one: "a #1"\n  other: b',
        ),
        ("home: !Start here", 1, 7, "yaml-tag", 'home: "!Start here"'),
        ("skip: a\nhome: !!new", 2, 7, "yaml-tag", ""),
        ("home: &more here", 1, 7, "yaml-alias", 'home: "&more here"'),
        ("skip: &a x\nhome: *a", 2, 7, "yaml-alias", ""),
        ('skip: a\nhome: "D:\\archive"', 2, 10, "yaml-escape", 'skip: a\nhome: "D:\\\\archive"'),
        (
            'pivots: {one: "\\a", other: b}',
            1,
            16,
            "yaml-escape",
            'pivots: {one: "\\\\a", other: b}',
        ),
    ],
)
def test_text_that_yaml_would_not_give_back_is_told_as_in_a_header(
    text: str, line: int, column: int, code: str, fixed: str
) -> None:
    [problem] = _problems(text)
    assert (problem.line, problem.column, problem.code) == (line, column, code)
    assert bool(problem.edits) == bool(fixed)
    if fixed:
        assert apply_edits(text.encode(), problem.edits) == fixed.encode()
        assert _problems(fixed) == []


@pytest.mark.parametrize(
    "text",
    ["home: A # first page", "# home: !x\nhome: A", "home: A#1", "home: 'A #1'", "home: A & b!"],
)
def test_comments_and_marks_inside_a_phrase_are_left_alone(text: str) -> None:
    assert _problems(text) == []


def test_a_language_has_every_phrase_of_the_english_one_and_no_other_braces() -> None:
    english = "skip: Skip\nby: by {editor}\npivots: {one: 1 pivot, other: '{count} pivots'}"
    spanish = "by: de {editora}\npivots: {one: 1 cambio, other: '{count} cambios'}"
    missing, unknown = _problems(spanish, "es", en=english)
    assert (missing.message, missing.level) == ("`skip` is missing; readers see “Skip”", "warning")
    assert (unknown.path, unknown.line, unknown.column) == ("layouts/phrases/es.yaml", 1, 5)
    assert unknown.message == "`{editora}` stands for nothing in `by`"
    assert unknown.hint == "use {editor}"
    assert (
        _problems("skip: Saltar\n" + spanish.replace("editora", "editor"), "es", en=english) == []
    )


def test_a_fault_of_the_english_file_is_told_for_every_language() -> None:
    [problem] = _problems("skip: Saltar", "es", en="- skip")
    assert problem.path == ENGLISH


def test_a_language_without_a_file_is_told_which_there_are() -> None:
    phrases, [problem] = read_phrases([Source(ENGLISH, b"skip: Skip", b"")], "pl")
    assert phrases is None
    assert problem.message == "the site's language is `pl`, and there are no phrases for it"
    assert problem.hint.endswith("(there is: en)")
