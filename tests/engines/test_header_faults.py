"""Mistakes in a header: each is told on its own line, in plain words, with a fix where one fits."""

from __future__ import annotations

import pytest

from pivotgen.edits.apply import apply_edits, compatible_edits
from pivotgen.engines.header.frontmatter import Document, split
from tests.world.site import PIVOT, World

GOOD = PIVOT.replace("{a}", "Chef").replace("{b}", "Nurse")
FAQ = "faqs:\n  - question: Is it hard?\n    answer: Less than **it** looks.\n"
# What is changed in a good file, what it becomes, "line:column", some words of the message, and
# what `check --fix` makes of it ("" when only the author can decide).
FAULTS = {
    "no colon": ("to: Nurse", "to Nurse", "5:1", "no colon", "to: Nurse"),
    "no colon on the first line": (
        'title: "From Chef to Nurse: A View"',
        "title A View",
        "2:1",
        "no colon",
        "title: A View",
    ),
    "no colon in a list": (
        "  - question: Is",
        "  - question Is",
        "12:5",
        "no colon",
        "  - question: Is",
    ),
    "a line of words": ("to: Nurse", "to: Nurse\nand on", "6:1", "neither a `key: value`", ""),
    "no blank after a colon": ("to: Nurse", "to:Nurse", "5:3", "blank is missing", "to: Nurse"),
    "no blank in a list": (
        "    answer: Less",
        "    answer:Less",
        "13:11",
        "blank",
        "    answer: Less",
    ),
    "a no-break space": ("to: Nurse", "to:\xa0Nurse", "5:4", "U+00A0", "to: Nurse"),
    "an ideographic space": ("to: Nurse", "to:\u3000Nurse", "5:4", "U+3000", "to: Nurse"),
    "no-break spaces that indent": ("  - One", "\xa0\xa0- One", "8:1", "U+00A0", "  - One"),
    "a no-break space behind a dash": ("- One", "-\xa0One", "8:4", "U+00A0", "- One"),
    "a thin space before a colon": ("to: Nurse", "to\u2009: Nurse", "5:3", "U+2009", "to : Nurse"),
    "a comment of HTML": (
        "to: Nurse",
        "<!-- So. -->\nto: Nurse",
        "5:1",
        "<!--",
        "# So.\nto: Nurse",
    ),
    "a long comment of HTML": (
        "to: Nurse",
        "<!--\nSo it is: so.\n-->\nto: Nurse",
        "5:1",
        "<!--",
        "\n# So it is: so.\n\nto: Nurse",
    ),
    "a comment of HTML behind a value": (
        "to: Nurse",
        "to: Nurse <!-- or Midwife -->",
        "5:11",
        "<!--",
        "to: Nurse  # or Midwife",
    ),
    "a comment of HTML without an end": ("to: Nurse", "<!-- So\nto: Nurse", "5:1", "<!--", ""),
    "a tab before an item": ("  - One", "\t- One", "8:1", "tab", "  - One"),
    "a tab before a key": ("    answer", "\tanswer", "13:1", "tab", "    answer"),
    "a key that is indented": ("to: Nurse", "  to: Nurse", "5:3", "too far", "to: Nurse"),
    "a key of an item too far": ("    answer", "      answer", "13:7", "too far", "    answer"),
    "a key of an item too little": ("    answer", "  answer", "13:3", "too little", "    answer"),
    "an item too little": (
        "  - One *point*.",
        "  - One.\n - Two.",
        "9:2",
        "little",
        "  - One.\n  - Two.",
    ),
    "an item too far": (
        "  - One *point*.",
        "  - One.\n    - Two.",
        "9:5",
        "one text",
        "  - One.\n  - Two.",
    ),
    "an item under a text": ("tldr:", "tldr: Some.", "8:3", "a text above this item", ""),
    "a key of the next item": (
        FAQ,
        f"{FAQ}  question: Why?\n    answer: So.\n",
        "14:3",
        "the dash that starts a new item",
        f"{FAQ}  - question: Why?\n    answer: So.\n",
    ),
    "text behind a quote": (
        '"From Chef to Nurse: A View"',
        '"Chef" to nurse',
        "2:15",
        "after the quote",
        "'\"Chef\" to nurse'",
    ),
    "an apostrophe in single quotes": (
        '"From Chef to Nurse: A View"',
        "'Tis the chef's choice",
        "2:22",
        "after the quote",
        "\"'Tis the chef's choice\"",
    ),
    "a quote that is open": ("from: Chef", 'from: "Chef', "4:7", "never closed", ""),
    "a quote that another closes": (
        "from: Chef\nto: Nurse",
        'from: "Chef\nto: "Nurse"',
        "4:7",
        "never closed",
        "",
    ),
    "text behind a bracket": (
        "- One *point*.",
        "- [One] two",
        "8:11",
        "after the bracket",
        '- "[One] two"',
    ),
    "a bracket that is open": ("from: Chef", "from: [Chef", "4:7", "never closed", ""),
    "a text that starts with a mark": (
        "from: Chef",
        "from: > Chef",
        "4:7",
        "`|` or `>`",
        'from: "> Chef"',
    ),
    "curly quotes": ("from: Chef", "from: “Chef”", "4:7", "curly quotes", 'from: "Chef"'),
    "curly quotes around a colon": (
        '"From Chef to Nurse: A View"',
        "“From Chef to Nurse: A View”",
        "2:8",
        "curly quotes",
        '"From Chef to Nurse: A View"',
    ),
    "low and high quotes": ("from: Chef", "from: „Chef“", "4:7", "curly quotes", 'from: "Chef"'),
    "single curly quotes": ("  - Negotiation", "  - ‘Tact’", "10:5", "curly quotes", '  - "Tact"'),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_mistake_is_told_alone_on_its_line_and_fixed_where_one_fix_fits(name: str) -> None:
    old, new, place, words, fixed = FAULTS[name]
    assert GOOD.count(old) == 1
    data = GOOD.replace(old, new).encode()
    document = split("a.md", data)
    assert isinstance(document, Document)
    problems = list(document.problems)
    first = problems[0]
    assert f"{first.line}:{first.column}" == place, problems
    assert words in first.message
    if not fixed:
        assert not any(problem.edits for problem in problems)
        return
    assert len(problems) == 1
    assert apply_edits(data, compatible_edits(problems)["a.md"]).decode() == GOOD.replace(
        old, fixed
    )


@pytest.mark.parametrize(
    "value",
    [
        "“Chef” and “cook”",
        "“Chef” or so",
        '"“Chef”"',
        "The chef’s",
        "a <b> c",
        "7:30 to 9:15",
        "https://example.com/a:b",
        "C# or F#",
        "one - two",
        "A\xa0B",
    ],
)
def test_a_text_that_only_looks_like_a_mistake_is_left_alone(value: str) -> None:
    document = split("a.md", GOOD.replace("  - Negotiation", f"  - {value}").encode())
    assert isinstance(document, Document)
    assert document.problems == ()


@pytest.mark.parametrize(
    "block",
    ["  - a\n    - b", "from Chef", "<!-- c -->", "\xa0\xa0- a", "answer:b", "\t- a", "“x”"],
)
def test_nothing_inside_a_block_of_text_is_taken_for_a_mistake_of_yaml(block: str) -> None:
    lines = "\n".join(f"      {line}" for line in f"Yes.\n\n{block}".split("\n"))
    text = GOOD.replace("answer: Less than **it** looks.", f"answer: |\n{lines}")
    document = split("a.md", text.encode())
    assert isinstance(document, Document)
    assert document.problems == ()


def places(world: World, *command: str) -> list[str]:
    stderr = world.run(*command).stderr
    return [
        line.split(": error[")[0].split("nurse.md:")[1]
        + " "
        + line.split("error[")[1].split("]")[0]
        for line in stderr.splitlines()
        if ": error[" in line
    ]


def test_a_mistake_does_not_hide_the_others_of_its_file(world: World) -> None:
    text = GOOD.replace("from: Chef", "from Chef").replace("3–9 months", "soon")
    text = text.replace("- One *point*.", "- *One* point.").replace("skills:", "skils:")
    text = text.replace("answer: Less", 'answer: "Less" than [this](nobody.md).\n    answr: Less')
    text = text.replace("Some text.", "See [it](no.md). <b>So.</b>\n\n# Top\n\nTODO")
    world.write("content/pivots/chef-to-nurse.md", text)
    assert places(world, "check") == [
        "4:1 yaml-syntax",
        "6:9 bad-window",
        "8:5 yaml-syntax",
        "9:1 unknown-key",
        "13:20 yaml-syntax",
        "14:5 unknown-key",
        "18:10 dead-link",
        "18:18 raw-html",
        "20:1 heading-level",
        "22:1 todo",
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("window: 3–9 months", "window: soon"),
        ("window: 3–9 months", "window 3–9 months"),
        ("window: 3–9 months", "windw: 3–9 months"),
        ("window: 3–9 months\n", ""),
        ("skills:\n  - Negotiation\n", "skills: []\n"),
        ("One *point*.", "One.\n  - <b>Two.</b>"),
    ],
)
def test_an_author_and_a_picture_are_looked_up_beside_any_other_mistake(
    world: World, old: str, new: str
) -> None:
    assert old in GOOD
    text = GOOD.replace("tldr:", "author: ana\nimage: /assets/nobody.png\ntldr:").replace(old, new)
    world.write("content/pivots/chef-to-nurse.md", text)
    for command in ("build", "check"):
        stderr = world.run(command).stderr
        assert "error[unknown-author]: `ana` is no author of this site" in stderr
        assert "error[dead-image]: nothing on this site is called `/assets/nobody.png`" in stderr
        assert stderr.count(": error[") == 3


def test_an_author_on_a_line_that_is_wrong_is_no_second_problem(world: World) -> None:
    text = GOOD.replace("tldr:", 'author: "ana" b\ntldr:')
    world.write("content/pivots/chef-to-nurse.md", text)
    assert places(world, "check") == ["7:15 yaml-syntax"]


def test_a_name_without_a_letter_and_a_todo_are_told_beside_a_wrong_key(world: World) -> None:
    wrong = GOOD.replace("3–9 months", "soon").replace("from: Chef", 'from: "***"')
    wrong = wrong.replace("Some text.", "TODO")
    world.write("content/pivots/chef-to-nurse.md", wrong)
    assert places(world, "check") == ["4:7 bad-name", "6:9 bad-window", "17:1 todo"]
    for draft in ("draft: true", "draft: perhaps"):
        world.write(
            "content/pivots/chef-to-nurse.md", wrong.replace("window:", f"{draft}\nwindow:")
        )
        assert not any("todo" in place for place in places(world, "check"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("window: 3–9 months", "windw: 3–9 months"),
        ("window: 3–9 months\n", ""),
        ("from: Chef", "from Chef"),
        ("from: Chef", "from: [" + "[" * 900),
        ("from: Chef", "from: Chef\u200b"),
        ("from: Chef", "- Chef\nfrom: Chef"),
    ],
)
def test_a_key_that_is_wrong_hides_no_dead_link(world: World, old: str, new: str) -> None:
    text = GOOD.replace("Some text.", "See [it](nobody.md).").replace(old, new)
    world.write("content/pivots/chef-to-nurse.md", text)
    stderr = world.run("check").stderr
    assert "error[dead-link]: nothing on this site is called `nobody.md`" in stderr


def test_links_in_answers_and_points_are_checked_beside_a_wrong_key(world: World) -> None:
    text = GOOD.replace("3–9 months", "soon").replace("One *point*.", "A [point](one.md).")
    world.write("content/pivots/chef-to-nurse.md", text.replace("**it**", "[it](two.md)"))
    assert places(world, "build") == ["6:9 bad-window", "8:15 dead-link", "13:28 dead-link"]


def test_a_link_to_a_role_of_a_file_with_a_problem_is_no_second_problem(world: World) -> None:
    text = GOOD.replace("3–9 months", "soon").replace("Some text.", "See [c](../roles/chef.md).")
    world.write("content/pivots/chef-to-nurse.md", text)
    world.pivot("Baker", "Cook", PIVOT.replace("Some text.", "See [c](../roles/chef.md)."))
    assert places(world, "check") == ["6:9 bad-window"]


@pytest.mark.parametrize(
    ("old", "new", "hint"),
    [
        (
            "  - One *point*.",
            "    - One.\n  - Two.",
            "start it in column 5, like the item on line 8",
        ),
        (
            "  - One *point*.",
            "  - One.\n- Two.",
            "start it in column 3, like the item on line 8",
        ),
        (
            "    answer: Less",
            "  answer: Less",
            "start it in column 5, like `question` on line 12",
        ),
    ],
)
def test_a_line_in_the_wrong_column_is_told_which_line_to_follow(
    old: str, new: str, hint: str
) -> None:
    assert old in GOOD
    document = split("content/pivots/a.md", GOOD.replace(old, new).encode())
    assert isinstance(document, Document)
    assert hint in [problem.hint for problem in document.problems]
