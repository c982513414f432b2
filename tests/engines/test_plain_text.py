"""What of a text needs no Markdown engine: each line between blank lines stands by itself."""

from __future__ import annotations

import pytest

from pivotgen.engines.markdown.plain_text import split_pieces

TEXTS = {
    "lines between blank lines": (
        "One.\n\nTwo.\n\n## Three\n\nFour.",
        [("One.", 0, True), ("Two.", 2, True), ("## Three", 4, True), ("Four.", 6, True)],
    ),
    "a paragraph of two lines": (
        "One.\n\nTwo\nlines.\n\nThree.",
        [("One.", 0, True), ("Two\nlines.", 2, False), ("Three.", 5, True)],
    ),
    "a heading with a text right below": (
        "## One\nText.\n\nTwo.",
        [("## One\nText.", 0, False), ("Two.", 3, True)],
    ),
    "a list": (
        "One.\n\n- a\n- b\n\nTwo.",
        [("One.", 0, True), ("- a\n- b", 2, False), ("Two.", 5, True)],
    ),
    "a text with code between waves": (
        "~~~\nOne.\n\nTwo.\n\nThree.\n~~~",
        [("~~~\nOne.\n\nTwo.\n\nThree.\n~~~", 0, False)],
    ),
    "a text with fenced code": ("One.\n\n```\nTwo.\n```", [("One.\n\n```\nTwo.\n```", 0, False)]),
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_line_between_blank_lines_is_a_piece_of_its_own(name: str) -> None:
    text, pieces = TEXTS[name]
    assert list(split_pieces(text)) == pieces
