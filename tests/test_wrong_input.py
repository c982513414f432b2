"""Wrong input: each kind is told with its exact place, exits 1 and leaves public/ alone."""

from __future__ import annotations

import pytest

from tests.conftest import PIVOT, World

GOOD = PIVOT.replace("{a}", "Chef").replace("{b}", "Nurse")
TITLE = 'title: "From Chef to Nurse: A View"\n'

# What is changed in a good file, what it becomes, and "line:column: error[code]".
CASES = {
    "no frontmatter": (GOOD, "Hello\n", "1:1: error[no-frontmatter]"),
    "unclosed frontmatter": ("---\n## Your", "## Your", "1:1: error[unclosed-frontmatter]"),
    "list frontmatter": (GOOD, "---\n- a\n---\nx\n", "2:1: error[frontmatter-not-keys]"),
    "unknown key": ("tldr:", "tl_dr:", "7:1: error[unknown-key]"),
    "duplicate key": ("to: Nurse", "to: Nurse\nto: Nurse", "6:1: error[duplicate-key]"),
    "missing key": (TITLE, "", "1:1: error[missing-key]"),
    "no value": ("from: Chef", "from:", "4:1: error[empty-value]"),
    "blank text": ("from: Chef", "from: ' '", "4:7: error[empty-value]"),
    "second colon": (TITLE, "title: From Chef: To\n", "2:17: error[yaml-syntax]"),
    "unclosed quote": ("from: Chef", 'from: "Chef', "4:7: error[yaml-syntax]"),
    "tab": ("from: Chef", "from: \t@Chef", "4:8: error[yaml-syntax]"),
    "text for a list": ("skills:\n  - Negotiation", "skills: Tact", "9:9: error[wrong-type]"),
    "list for text": ("from: Chef", "from: [Chef]", "4:7: error[wrong-type]"),
    "mapping in a list": ("- Negotiation", "- a: b", "10:5: error[wrong-type]"),
    "empty list": ("skills:\n  - Negotiation", "skills: []", "9:9: error[empty-value]"),
    "bad window": ("3–9 months", "soon", "6:9: error[bad-window]"),
    "window runs backwards": ("3–9 months", "9–3 months", "6:9: error[bad-window]"),
    "window of zero": ("3–9 months", "0–3 months", "6:9: error[bad-window]"),
    "bad date": ("from: Chef", "updated: 2026-13-45\nfrom: Chef", "4:10: error[bad-date]"),
    "date in words": ("from: Chef", "updated: May\nfrom: Chef", "4:10: error[bad-date]"),
    "bad boolean": ("from: Chef", "draft: no\nfrom: Chef", "4:8: error[wrong-type]"),
    "bad slug": ("from: Chef", "slug: A b\nfrom: Chef", "4:7: error[bad-slug]"),
    "alias climbs out": (
        "from: Chef",
        "aliases: [/../x/]\nfrom: Chef",
        "4:11: error[bad-path]",
    ),
    "alias takes a page": (
        "from: Chef",
        "aliases: [/to/nurse/]\nfrom: Chef",
        "4:11: error[address-clash]",
    ),
    "yaml alias": ("from: Chef", "slug: &x a\nfrom: *x", "5:7: error[yaml-alias]"),
    "yaml tag": ("from: Chef", "from: !!python/name:os Chef", "4:7: error[yaml-tag]"),
    "same role": ("to: Nurse", "to: chef", "5:5: error[same-role]"),
    "unknown key in a question": ("answer:", "anwser:", "13:5: error[unknown-key]"),
    "bad source address": (
        "from: Chef",
        "sources:\n- {title: A, url: a.b, accessed: 2026-01-01}\nfrom: Chef",
        "5:19: error[bad-url]",
    ),
    "empty body": (
        "## Your built-in advantages\n\nSome text.\n",
        "",
        "15:1: error[empty-body]",
    ),
    "top heading": ("## Your", "# Your", "15:1: error[heading-level]"),
    "skipped heading": ("## Your", "### Your", "15:1: error[heading-level]"),
    "raw html": ("Some text.", "Some <b>text</b>.", "17:6: error[raw-html]"),
    "script link": ("Some text.", "See [a](javascript:x).", "17:9: error[link-scheme]"),
    "dead link": ("Some text.", "See [a](nobody.md).", "17:9: error[dead-link]"),
    "dead link in a point": ("One *point*.", "See [a](nobody.md)", "8:13: error[dead-link]"),
    "dead link in an answer": ("Less than", "See [a](nobody.md)", "13:21: error[dead-link]"),
    "dead link in a folded answer": (
        "answer: Less than **it** looks.",
        "answer: >-\n      Less\n      than\n      [a](nobody.md).",
        "16:11: error[dead-link]",
    ),
    "heading too deep in a block answer": (
        "answer: Less than **it** looks.",
        "answer: |\n      Less.\n\n      ### Than",
        "16:1: error[heading-level]",
    ),
    "dead link beside its own letters": (
        "Some text.",
        "A nobody.md and [a](nobody.md).",
        "17:21: error[dead-link]",
    ),
    "dead fragment": ("Some text.", "See [a](#nothing).", "17:9: error[dead-fragment]"),
    "dead image": ("Some text.", "![a](/no.png)", "17:6: error[dead-image]"),
    "invisible character": ("Some text.", "Some \u2028text.", "17:6: error[invisible-character]"),
    "unknown name in a call": (
        "from: Chef",
        "cta: {text: 'Go to {role}'}\nfrom: Chef",
        "4:13: error[unknown-name]",
    ),
    "the key `content`": ("tldr:", "content: x\ntldr:", "7:1: error[unknown-key]"),
    "the key `handler`": ("tldr:", "handler: x\ntldr:", "7:1: error[unknown-key]"),
    "bomb of aliases": (
        "from: Chef",
        "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\nfrom: Chef",
        "5:8: error[yaml-alias]",
    ),
    "star starts a value": ("One *point*.", "*point*", "8:5: error[yaml-syntax]"),
    "time where text is meant is text": (
        "window: 3–9 months",
        "window: 12:30",
        "6:9: error[bad-window]",
    ),
    "nul": ("Some text.", "Some \0text.", "17:6: error[invisible-character]"),
}


@pytest.mark.parametrize("name", CASES)
def test_wrong_input_is_told_at_its_place_and_nothing_is_written(world: World, name: str) -> None:
    old, new, expected = CASES[name]
    assert old in GOOD
    world.write("content/pivots/chef-to-nurse.md", GOOD.replace(old, new))
    result = world.run("build")
    assert f"content/pivots/chef-to-nurse.md:{expected}" in result.stderr
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert not (world.folder / "public").exists()


def test_a_byte_that_is_not_utf8_is_told_at_its_place(world: World) -> None:
    world.write("content/pivots/a-to-b.md", b"---\ntitle: caf\xe9\n---\n")
    assert "a-to-b.md:2:11: error[not-utf8]" in world.run("check").stderr


def test_a_role_spelled_two_ways_names_both_places(world: World) -> None:
    world.pivot("Chef", "Nurse")
    world.pivot("Baker", "Nurse")
    world.write(
        "content/pivots/cook-to-nurse.md",
        GOOD.replace("from: Chef", "from: Cook").replace("to: Nurse", "to: Nurses"),
    )
    said = world.run("check").stderr
    assert "content/pivots/cook-to-nurse.md:5:5: error[two-spellings]" in said
    assert "content/pivots/baker-to-nurse.md:5:5" in said


def test_problems_of_all_files_come_in_one_run(world: World) -> None:
    world.write("content/pivots/a.md", "x")
    world.write("content/pivots/b.md", GOOD.replace("tldr:", "tl_dr:"))
    said = world.run("check").stderr
    assert "a.md:1:1" in said
    assert "did you mean `tldr`?" in said


def test_a_link_to_a_file_with_a_problem_is_not_a_second_problem(world: World) -> None:
    broken = world.pivot("Chef", "Nurse", PIVOT.replace("3–9 months", "soon"))
    world.pivot("Baker", "Nurse", PIVOT.replace("Some text.", "[a](chef-to-nurse.md)"))
    said = world.run("check").stderr
    assert f"{broken}:6:9: error[bad-window]" in said
    assert "dead-link" not in said


def test_words_that_yaml_would_change_stay_as_typed(world: World) -> None:
    for number, word in enumerate(("no", "12:30", "010", "2026-01-01", "1e3", "on")):
        text = GOOD.replace("- Negotiation", f"- {word}").replace("from: Chef", f"from: R{number}a")
        world.write(f"content/pivots/p{number}.md", text)
    assert world.run("build").returncode == 0
    for number, word in enumerate(("no", "12:30", "010", "2026-01-01", "1e3", "on")):
        assert f">{word}</a></li>" in world.read(f"pivots/p{number}/index.html")


def test_bom_and_crlf_are_read(world: World) -> None:
    data = b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode()
    world.write("content/pivots/chef-to-nurse.md", data)
    assert world.run("build").returncode == 0
    assert "<em>point</em>" in world.read("pivots/chef-to-nurse/index.html")
