"""Text of a header that YAML would cut, change or swallow: told at its place, and never lost."""

from __future__ import annotations

import pytest

from pivotgen.edits.apply import apply_edits, compatible_edits
from pivotgen.engines.header.format import format_file
from pivotgen.engines.header.frontmatter import Document, split
from pivotgen.model.header import PivotHeader
from tests.world.site import PIVOT, World

GOOD = PIVOT.replace("{a}", "Chef").replace("{b}", "Nurse")
OLD = "  - Negotiation\n"
# A line of the list of skills, the column and the code of its problem, and the line once fixed: ""
# when only the author can decide.
LOST = {
    "a number": ("  - Route #7 driving", 11, "cut-text", '  - "Route #7 driving"'),
    "a word with a sign": ("  - Posting on #nursing", 16, "cut-text", '  - "Posting on #nursing"'),
    "a text that starts with a sign": ("  - #1 care", 5, "cut-text", '  - "#1 care"'),
    "a sign after a tab": ("  - Ward\t#7", 10, "cut-text", '  - "Ward\t#7"'),
    "a sign at the end": ("  - Knowing C #", 15, "cut-text", '  - "Knowing C #"'),
    "a sign behind quotes": ('  - "Care" #1', 12, "cut-text", ""),
    "a sign behind brackets": ("  - {a: b} #1", 12, "cut-text", ""),
    "a sign and quotes": ("  - The \"best\" 'of' #1", 21, "cut-text", ""),
    "a bell": ('  - "D:\\archive"', 8, "yaml-escape", '  - "D:\\\\archive"'),
    "a backspace": ('  - "D:\\beds"', 8, "yaml-escape", '  - "D:\\\\beds"'),
    "a tab": ('  - "D:\\ten"', 8, "yaml-escape", '  - "D:\\\\ten"'),
    "the end of a line": ('  - "D:\\new"', 8, "yaml-escape", '  - "D:\\\\new"'),
    "an escape": ('  - "D:\\exams"', 8, "yaml-escape", '  - "D:\\\\exams"'),
    "a NUL": ('  - "D:\\0"', 8, "yaml-escape", '  - "D:\\\\0"'),
    "a control character by number": ('  - "a\\x07b"', 7, "yaml-escape", '  - "a\\\\x07b"'),
    "a line separator by number": ('  - "a\\u2028b"', 7, "yaml-escape", '  - "a\\\\u2028b"'),
    "a code that is none": ('  - "D:\\Wards"', 8, "yaml-syntax", '  - "D:\\\\Wards"'),
    "a tag": ("  - !Important care", 5, "yaml-tag", '  - "!Important care"'),
    "two exclamation marks": ("  - !!Urgent care", 5, "yaml-tag", '  - "!!Urgent care"'),
    "an exclamation mark": ("  - ! care", 5, "yaml-tag", '  - "! care"'),
    "an anchor": ("  - &more care", 5, "yaml-alias", '  - "&more care"'),
    "an ampersand": ("  - & more care", 5, "yaml-syntax", '  - "& more care"'),
    "an alias": ("  - *care*", 5, "yaml-syntax", '  - "*care*"'),
}


def changed(line: str) -> bytes:
    return GOOD.replace(OLD, f"{line}\n  - Tact\n").encode()


@pytest.mark.parametrize("name", LOST)
def test_text_that_yaml_would_not_give_back_is_told_at_its_place(name: str) -> None:
    line, column, code, fixed = LOST[name]
    data = changed(line)
    document = split("a.md", data)
    assert isinstance(document, Document)
    [problem] = document.problems
    assert (problem.line, problem.column, problem.code) == (10, column, code)
    edits = compatible_edits(document.problems).get("a.md", [])
    assert bool(edits) == bool(fixed)
    if fixed:
        assert apply_edits(data, edits) == changed(fixed)
        after = split("a.md", changed(fixed))
        assert isinstance(after, Document)
        assert after.problems == ()


@pytest.mark.parametrize("name", LOST)
def test_a_file_that_would_lose_text_is_not_formatted(name: str) -> None:
    data = changed(LOST[name][0])
    document = split("a.md", data)
    assert isinstance(document, Document)
    assert format_file("a.md", data, PivotHeader) == [*document.problems]


@pytest.mark.parametrize(
    "line",
    [
        "  - Care # a note",
        "  - Care  ## a note",
        "  # a note\n  - Care",
        "  #- Care\n  - Tact",
        "#skills:\n  - Care",
        "  - Care#1",
        '  - "Care #1"',
        "  - 'Care #1'",
        "  - '\\archive'",
        '  - "caf\\u00e9 \\"so\\" \\\\a"',
        "  - Care & more!",
        "  - >-\n    Care #1 \\a",
    ],
)
def test_comments_and_text_that_yaml_gives_back_are_left_alone(line: str) -> None:
    document = split("a.md", changed(line))
    assert isinstance(document, Document)
    assert document.problems == ()


# Lines of a header, and the line and column of the sign in them that cuts a text; None when it
# starts a comment.
ON_ITS_OWN_LINE = {
    "below a text": ("note: To\n  #1 care", (3, 3)),
    "below an item of a list": ("note:\n  - To\n    #1 care", (4, 5)),
    "below the second line of a text": ("note: To\n  all of\n  #1 care", (4, 3)),
    "further in than the second line": ("note: To\n  all of\n    #1 care", (4, 5)),
    "further out than the second line": ("note: To\n    all of\n  #1 care", None),
    "below a key": ("note:\n  #1 care\n  - To", None),
    "at the column of the key above": ("note: To\n#1 care", None),
    "at the column of the dash above": ("note:\n  - To\n  #1 care", None),
    "behind a blank line": ("note: To\n\n  #1 care", None),
    "on the first line": ("  #1 care\nnote: To", None),
}


@pytest.mark.parametrize("name", ON_ITS_OWN_LINE)
def test_a_sign_on_a_line_of_its_own_is_told_where_the_text_above_would_go_on(name: str) -> None:
    text, place = ON_ITS_OWN_LINE[name]
    document = split("a.md", f"---\n{text}\n---\n".encode())
    assert isinstance(document, Document)
    assert [(one.code, one.line, one.column) for one in document.problems] == (
        [("cut-text", *place)] if place else []
    )


def test_a_sign_in_the_middle_of_a_folded_text_is_told(world: World) -> None:
    text = GOOD.replace("What carries over", "What carries over to\n  #1 of\n  all wards")
    world.write("content/pivots/chef-to-nurse.md", text)
    stderr = world.run("build").stderr
    assert "chef-to-nurse.md:4:3: error[cut-text]" in stderr
    assert stderr.count(": error[") == 1


def test_nothing_that_breaks_a_feed_comes_from_a_header(world: World) -> None:
    text = GOOD.replace("What carries over", '"What carries\\a over').replace(
        "does not.", 'does not."'
    )
    world.write("content/pivots/chef-to-nurse.md", text)
    assert "chef-to-nurse.md:3:27: error[yaml-escape]" in world.run("build").stderr
    assert world.run("check", "--fix", "--yes").returncode == 0
    assert (
        "What carries\\\\a over" in (world.folder / "content/pivots/chef-to-nurse.md").read_text()
    )
    assert world.run("build").returncode == 0


def test_a_no_break_space_inside_a_sentence_stays_and_inside_a_name_it_is_a_blank(
    world: World,
) -> None:
    text = GOOD.replace('"From Chef to Nurse: A View"', "Why\xa0? Nurse\xa0– so")
    world.write(
        "content/pivots/line-cook-to-nurse.md", text.replace("from: Chef", "from: Line\xa0Cook")
    )
    world.pivot("Line Cook", "Baker")
    result = world.run("build")
    assert result.returncode == 0, result.stderr
    assert "<title>Why\xa0? Nurse\xa0– so" in world.read("pivots/line-cook-to-nurse/index.html")
    assert "from/line-cook/index.html" in world.tree()
    assert "\xa0Cook" not in world.read("pivots/line-cook-to-nurse/index.html")
