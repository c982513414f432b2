"""What stands at the cursor of an editor, in files that are not finished."""

from __future__ import annotations

import pytest

from pivotgen.engines.editor.cursor import cursor_at, sibling_keys

# A text whose cursor is at ¦, and what stands there: kind, word, keys above and quote.
PLACES: dict[str, tuple[str, str, tuple[str, ...], str]] = {
    "---\ntit¦le: A\n---\n": ("key", "title", (), ""),
    "---\n¦title: A\n---\n": ("key", "title", (), ""),
    "---\ntitle¦: A\n---\n": ("key", "title", (), ""),
    "---\ntitle:¦ A\n---\n": ("value", "A", ("title",), ""),
    "\ufeff---\ntitle: A¦ b\n---\n": ("value", "A b", ("title",), ""),
    "---\ntitle: ¦\n---\n": ("value", "", ("title",), ""),
    "---\ntitle:   a¦   \n---\n": ("value", "a", ("title",), ""),
    '---\ntitle: "A¦ b"\n---\n': ("value", "A b", ("title",), '"'),
    "---\ntitle: 'A: b¦' # c\n---\n": ("value", "A: b", ("title",), "'"),
    '---\ntitle: "A¦\n---\n': ("value", "A", ("title",), '"'),
    "---\ntitle: ''¦\n---\n": ("value", "", ("title",), "'"),
    "---\ntitle: A #¦ b\n---\n": ("value", "A", ("title",), ""),
    "---\ntitle: # b¦\n---\n": ("value", "", ("title",), ""),
    "---\nskills: [a, b¦b, c]\n---\n": ("value", "bb", ("skills",), ""),
    "---\nskills: [a¦, bb]\n---\n": ("value", "a", ("skills",), ""),
    "---\nskills: [a, bb¦]\n---\n": ("value", "bb", ("skills",), ""),
    "---\nskills: [a, ¦]\n---\n": ("value", "", ("skills",), ""),
    "---\nskills: [¦\n---\n": ("value", "", ("skills",), ""),
    "---\nskills: [a, 'b¦ c']\n---\n": ("value", "b c", ("skills",), "'"),
    "---\nskills:\n  - Ta¦ct\n---\n": ("value", "Tact", ("skills",), ""),
    "---\nskills:\n- ¦\n---\n": ("value", "", ("skills",), ""),
    '---\nskills:\n  - "T¦act"\n---\n': ("value", "Tact", ("skills",), '"'),
    "---\nfaqs:\n  - que¦\n---\n": ("key", "que", ("faqs",), ""),
    "---\nfaqs:\n  - question: A¦\n---\n": ("value", "A", ("faqs", "question"), ""),
    "---\nfaqs:\n  - question: A\n    answ¦er: B\n---\n": ("key", "answer", ("faqs",), ""),
    "---\nfaqs: # all\n  - question: A\n    answer: B¦\n---\n": (
        "value",
        "B",
        ("faqs", "answer"),
        "",
    ),
    "---\nfaqs:\n  - question: A\ncta:\n  url¦: b\n---\n": ("key", "url", ("cta",), ""),
    "---\ndescription: Long\n  and lon¦ger\n---\n": ("text", "", (), ""),
    "---\ntl¦\n---\n": ("key", "tl", (), ""),
    "---\ntitle: A\n¦\n---\n": ("key", "", (), ""),
    "---\n¦\n": ("key", "", (), ""),
    "---\na b¦\n---\n": ("text", "", (), ""),
    "-¦--\ntitle: A\n---\n": ("text", "", (), ""),
    "---\ntitle: A\n--¦-\n": ("text", "", (), ""),
    "---\ntitle: A\n---\ntitle¦: A\n": ("text", "", (), ""),
    "title¦: A\n": ("text", "", (), ""),
    "---\ntitle: A\n---\nSee [a](¦b.md) too.\n": ("link", "b.md", (), ""),
    "---\ntitle: A\n---\nSee [a](b.md¦) too.\n": ("link", "b.md", (), ""),
    "---\ntitle: A\n---\nSee [a](b.md)¦ too.\n": ("text", "", (), ""),
    "---\ntitle: A\n---\nSee [a]¦(b.md) too.\n": ("text", "", (), ""),
    "---\ntitle: A\n---\n[a](b.md) [c]( <d.m¦d> )\n": ("link", "d.md", (), ""),
    "---\ntitle: A\n---\n[a](¦\n": ("link", "", (), ""),
    "---\nfaqs:\n  - answer: See [a](b¦.md).\n---\n": ("link", "b.md", (), ""),
}


@pytest.mark.parametrize("marked", PLACES)
def test_the_cursor_is_told_what_it_stands_at(marked: str) -> None:
    before, _, after = marked.partition("¦")
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    cursor = cursor_at(before + after, line, column)
    assert (cursor.kind, cursor.word, cursor.keys, cursor.quote) == PLACES[marked]
    assert cursor.line == line
    line_text = (before + after).split("\n")[line - 1]
    assert line_text[cursor.start - 1 : cursor.end - 1] == cursor.word
    if cursor.kind in ("key", "link", "text"):
        assert cursor.start <= column <= cursor.end


@pytest.mark.parametrize("line", [0, 9])
def test_a_place_outside_of_the_text_has_nothing(line: int) -> None:
    assert cursor_at("---\ntitle: A\n---\n", line, 1).kind == "text"


HEADER = """\
---
title: A
faqs:
  - question: B
    answer: C

    note: D
  - question: E
cta:
  url: f
  text: g
---
draft: true
"""


@pytest.mark.parametrize(
    ("line", "keys"),
    [
        (2, {"faqs", "cta"}),
        (3, {"title", "cta"}),
        (4, {"answer", "note"}),
        (5, {"question", "note"}),
        (7, {"question", "answer"}),
        (8, set[str]()),
        (9, {"title", "faqs"}),
        (10, {"text"}),
        (11, {"url"}),
    ],
)
def test_the_keys_beside_a_key_are_those_of_its_mapping(line: int, keys: set[str]) -> None:
    assert sibling_keys(HEADER, line) == keys
    # A header without its end goes on to the end of the text.
    assert sibling_keys(HEADER.partition("---\ndraft")[0], line) == keys
