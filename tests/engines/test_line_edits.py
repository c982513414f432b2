"""What an editor is told to change of a text, line by line, gives the very text that is wanted."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pivotgen.engines.editor import protocol
from tests.world.thorough import tries

TEXTS = (
    "",
    "a",
    "a\n",
    "b",
    "a\nb",
    "a\nb\n",
    "a\nc",
    "x\na\nb",
    "a\r\nb",
    "a\rb\r",
    "😀\nb😀",
    "b\na",
)


def edited(old: str, new: str) -> str:
    """The old text with the edits made, from the last to the first, as an editor makes them."""
    lines = protocol._LINE.findall(old)
    starts = [sum(map(len, lines[:number])) for number in range(len(lines) + 1)]
    text = old
    for edit in reversed(protocol._line_edits(old.encode(), new.encode(), len)):
        start, end = (starts[at.line] + at.character for at in (edit.range.start, edit.range.end))
        # An editor has no place behind the end of a line.
        for at in (edit.range.start, edit.range.end):
            assert at.character <= len((lines[at.line] if at.line < len(lines) else "").rstrip())
            assert at.line < len(lines) or not lines or lines[-1].endswith(("\r", "\n"))
        text = text[:start] + edit.new_text + text[end:]
    return text


@pytest.mark.parametrize(("old", "new"), [*product(TEXTS, TEXTS)])
def test_the_edits_of_a_text_make_the_other(old: str, new: str) -> None:
    assert edited(old, new) == new


@given(
    *[st.lists(st.sampled_from(["a\n", "b\r\n", "c\r", "\n", "d"]), max_size=6).map("".join)] * 2
)
@tries(60)
def test_the_edits_of_any_text_make_any_other(old: str, new: str) -> None:
    assert edited(old, new) == new


def test_a_line_that_stays_is_not_touched() -> None:
    edits = protocol._line_edits(b"a\nb\nc\nd\n", b"a\nx\nc\n", len)
    assert [(edit.range.start.line, edit.range.end.line) for edit in edits] == [(1, 2), (3, 4)]
