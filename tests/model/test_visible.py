"""Text of others is shown with a code for each character that could act or hide."""

from __future__ import annotations

import json

import pytest

from pivotgen.model.visible import visible, visible_column, visible_json, visible_name

CODES = {
    "\x1b": "\\x1b",
    "\x7f": "\\x7f",
    "\xad": "\\xad",
    "\u034f": "\\u034f",
    "\u200b": "\\u200b",
    "\ufeff": "\\ufeff",
    "\uffff": "\\uffff",
    "\U0001d173": "\\U0001d173",
    "\U000e0001": "\\U000e0001",
    "\r": "\\x0d",
}


@pytest.mark.parametrize("character", CODES)
def test_each_such_character_has_the_code_of_its_size(character: str) -> None:
    code = CODES[character]
    assert visible(f"a{character}b") == f"a{code}b"
    assert visible(visible(f"a{character}b")) == f"a{code}b"
    # What stands behind it moves by the length of the code, and what stands before does not.
    line = f"ab{character}cd"
    for column, letter in ((1, "a"), (2, "b"), (4, "c"), (5, "d")):
        assert visible(line)[visible_column(line, column) - 1] == letter
    # One column behind the line, and one farther.
    assert visible_column(line, 6) == len(visible(line)) + 1
    assert visible_column(line, 8) == len(visible(line)) + 3


@pytest.mark.parametrize("character", CODES)
def test_a_report_in_json_still_means_the_same(character: str) -> None:
    text = json.dumps([f"a{character}b ##vso[task]"], ensure_ascii=False)
    written = visible_json(text)
    assert character not in written
    assert "##" not in written
    assert json.loads(written) == [f"a{character}b ##vso[task]"]


@pytest.mark.parametrize("line", ["::error::x", "  ::a b::c", "x ##[group]y", "##vso[a.b]c"])
def test_what_a_machine_would_obey_loses_its_sign_and_the_rest_stays(line: str) -> None:
    shown = visible(line)
    assert shown.replace("\\x3a", ":").replace("\\x23", "#") == line
    assert len(shown) == len(line) + 3
    for column, letter in enumerate(line, 1):
        if letter not in ":#":
            assert shown[visible_column(line, column) - 1] == letter


@pytest.mark.parametrize("text", ["a: b::", "a ::b::", "# a", "#[a]", "é\tb\nc\r\nd", "a\u200db"])
def test_what_acts_on_nothing_stays(text: str) -> None:
    assert visible(text) == text


def test_the_name_of_a_file_is_on_one_line() -> None:
    assert visible_name("content/a b é.md") == "content/a b é.md"
    assert visible_name("a\nb\r\nc") == "a\\nb\\r\\nc"
    assert visible_name("::error::.md") == "\\x3a:error::.md"
    assert visible_name("##[a].md") == "\\x23#[a].md"
    assert visible_name("a::b") == "a::b"
