"""`fmt`: one tidy form, every comment kept, the same meaning."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pivotgen.commands.fmt import format_files
from pivotgen.disk.places import Places
from pivotgen.engines.header import format as formatting
from pivotgen.engines.header import frontmatter
from pivotgen.engines.header.format import format_file
from pivotgen.engines.header.format_header import format_header
from pivotgen.engines.markdown.page import MarkdownPage
from pivotgen.model.header import PivotHeader, RoleHeader
from pivotgen.model.problem import Problem
from tests.world import examples
from tests.world.site import PIVOT, ROOT, World
from tests.world.thorough import tries

UNTIDY = """\
---

# Who wrote this: the desk.


# Where it leads.
to: 'Nurse'   # where it ends

# The two roles are spelled as everywhere.
from:   "Chef"
skills: ["Plating", 'Calm: the useful kind', "no"]  # in order of use
  # more to come
title: 'From Chef to Nurse: A View'
faqs:
- answer: |
    Yes.

    - Or no.
  # The question comes first.
  question: "Is it hard?"
- {question: Why?, answer: Because.}


description: >
     What carries over,
     and what does not.
window: {min: 3, max: 9, unit: months}
tldr:
    # The point.
    - "One *point*."
    - Two
      points.
unknown: kept
# The end.
---
Text with a blank. \nA line break.  \nHere.

    code with blanks   \n    and more\n\t
"""

TIDY = """\
---
# Who wrote this: the desk.

title: "From Chef to Nurse: A View"
description: >
  What carries over,
  and what does not.
# The two roles are spelled as everywhere.
from: Chef
# Where it leads.
to: Nurse  # where it ends
window: {min: 3, max: 9, unit: months}
tldr:
  # The point.
  - One *point*.
  - Two points.
skills:  # in order of use
  - Plating
  - "Calm: the useful kind"
  - "no"
  # more to come
faqs:
  # The question comes first.
  - question: Is it hard?
    answer: |
      Yes.

      - Or no.
  - {question: Why?, answer: Because.}
unknown: kept
# The end.
---
Text with a blank.
A line break.  \nHere.

    code with blanks   \n    and more\n"""


def _tidied(text: str) -> str:
    new = format_file("content/pivots/a-to-b.md", text.encode(), PivotHeader)
    assert isinstance(new, bytes)
    return new.decode()


def test_the_name_of_a_skill_comes_before_what_it_becomes() -> None:
    item = "  - becomes: 'a line that holds'\n    # as cooks say\n    name:   Plating\n"
    text = _tidied(f"---\ntitle: A\nskills:\n  - Tasting\n{item}---\nText.\n")
    tidy = "  # as cooks say\n  - name: Plating\n    becomes: a line that holds\n"
    assert f"skills:\n  - Tasting\n{tidy}" in text


def test_an_untidy_file_becomes_tidy_with_each_comment_at_its_key() -> None:
    assert _tidied(UNTIDY).split("\n") == TIDY.split("\n")
    assert _tidied(TIDY) == TIDY


@pytest.mark.parametrize(
    "lines",
    [
        "title: A\nskills: [one,\n  # a note\n  two]",
        "skills:  # a note\n  [one,\n  two]  # another",
        "title: >-  # a note\n  A",
        "title: >2-\n   A",
        "title: |+\n  A\n\nfrom: B",
        'title: "A\\nB"',
        'title: "Don\'t: say \\"no\\""',
        "tldr:\n  -\n    - a",
        "tldr:\n  - # a note\n    a",
        "{title: A, from: B}",
        "",
    ],
)
def test_what_would_have_to_be_guessed_stays_as_it_was_typed(lines: str) -> None:
    text = f"---\n{lines}\n---\nText.\n" if lines else "---\n---\nText.\n"
    assert _tidied(text) == text


def test_long_text_is_folded_and_lines_that_fit_stay() -> None:
    words = "word " * 45
    text = _tidied(f"---\ndescription: {words.strip()}\ntitle: {'x' * 170}\n---\nT\n")
    head, first, second, *_ = text.split("\n")[2:]
    assert head == "description: >-"
    assert (first, second) == (f"  {('word ' * 31).strip()}", f"  {('word ' * 14).strip()}")
    short = "---\ndescription: >-\n  a few\n  words\n---\nT\n"
    assert _tidied(short) == short


def test_blanks_in_code_within_a_line_stay() -> None:
    text = "---\ntitle: A\n---\nCode `a \nb` here.\n"
    assert _tidied(text) == text


def test_nothing_is_written_that_would_not_mean_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    def losing(*given: Any) -> list[str]:
        return format_header(*given)[1:]

    monkeypatch.setattr(formatting, "format_header", losing)
    text = "---\nfrom:  'A'\ntitle: B\n---\nText.\n"
    assert _tidied(text) == text


@pytest.mark.parametrize("levels", [60, 400, 900])
def test_a_header_that_is_nested_too_deeply_is_a_problem(levels: int) -> None:
    data = f"---\ntldr:\n  {'- ' * levels}a\n---\nText.\n".encode()
    new = format_file("a.md", data, PivotHeader)
    assert isinstance(new, list)
    assert new[0].message == "the frontmatter is nested too deeply"


def test_line_ends_and_the_mark_stay() -> None:
    data = b"\xef\xbb\xbf" + UNTIDY.replace("\n", "\r\n").encode()
    new = format_file("a.md", data, PivotHeader)
    assert new == b"\xef\xbb\xbf" + TIDY.replace("\n", "\r\n").encode()


CORPUS = [
    (path, data)
    for _, _, case in examples.CASES
    for example in (case.wrong, case.right)
    for path, data in examples.files_of(case, example).items()
    if path.startswith(("content/pivots/", "content/roles/"))
] + [
    (f"content/{folder}/{file.name}", file.read_bytes())
    for folder in ("pivots", "roles")
    for file in sorted((ROOT / "content" / folder).glob("*.md"))
]


def test_no_file_of_the_corpus_or_of_the_site_changes_its_meaning_and_twice_is_once() -> None:
    read = 0
    for path, data in CORPUS:
        header = PivotHeader if "/pivots/" in path else RoleHeader
        new = format_file(path, data, header)
        if isinstance(new, list):
            document = frontmatter.split(path, data)
            assert new == ([document] if isinstance(document, Problem) else [*document.problems])
            continue
        read += 1
        assert _meant(new) == _meant(data), path
        assert format_file(path, new, header) == new, path
    assert read > 150


NAMES = st.sampled_from(["title", "description", "from", "updated", "window", "own", "slug"])
SCALARS = st.one_of(
    st.text("ab:#-'\"é {}[],&*!|>%@`?~0123.\\", min_size=1, max_size=30),
    st.sampled_from(["no", "~", "", "12:30", "a # b", "a: b", "- a", "x " * 120]),
)
KEYS = ("question", "answer", "own")
COMMENTS = st.sampled_from(["", "", "  # note", " #"])


@st.composite
def headers(draw: st.DrawFn) -> str:
    """Headers as hands and tools write them; not all of them can be read."""

    def scalar(indent: int) -> str:
        text = draw(SCALARS)
        pad = " " * indent
        style = draw(st.sampled_from(["plain", "single", "double", ">-", ">", "|", "|-", "wrap"]))
        if style == "single":
            return "'" + text.replace("'", "''") + "'" + draw(COMMENTS)
        if style == "double":
            return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"' + draw(COMMENTS)
        if style == "wrap":
            return text.replace(" ", f"\n{pad}", 1) + draw(COMMENTS)
        if style == "plain":
            return text + draw(COMMENTS)
        second = draw(st.sampled_from(["", f"\n{pad}more", f"\n\n{pad}more", f"\n{pad} in"]))
        return f"{style}\n{pad}{text}{second}"

    def value(indent: int, depth: int) -> str:
        kind = draw(st.sampled_from(["scalar", "scalar", "list", "flow", "keys"]))
        if kind == "scalar" or depth > 1:
            return " " + scalar(indent + 1)
        if kind == "flow":
            items = draw(st.lists(st.sampled_from(["a", "'b c'", '"d: e"']), max_size=3))
            space = draw(st.sampled_from([" ", " ", f"{draw(COMMENTS)}\n{' ' * (indent + 1)}"]))
            start = draw(st.sampled_from([" ", space]))
            return f"{start}[{f',{space}'.join(items)}]{draw(COMMENTS)}"
        pad = " " * (indent + draw(st.integers(0 if kind == "list" else 1, 3)))
        lines = []
        for number in range(draw(st.integers(1, 3))):
            lines += draw(st.sampled_from([[], [f"{pad}# own"], [""], ["# far"]]))
            before = f"{pad}-" if kind == "list" else f"{pad}{KEYS[number]}:"
            lines.append(before + value(len(pad) + 1, depth + 1))
        return draw(COMMENTS) + "\n" + "\n".join(lines)

    lines = []
    for name in draw(st.lists(NAMES, unique=True, max_size=5)):
        lines += draw(st.sampled_from([[], ["# own"], ["", "# own", ""], ["  # tail"]]))
        lines.append(f"{name}:{value(0, 0)}")
    lines += draw(st.sampled_from([[], ["# last"], ["  # tail", ""]]))
    return "".join(f"{line}\n" for line in ["---", *lines, "---", "Text. "])


@given(headers())
@tries(400)
def test_any_header_keeps_its_meaning_and_its_comments_and_twice_is_once(text: str) -> None:
    new = format_file("a.md", text.encode(), PivotHeader)
    if isinstance(new, list):
        return
    assert _meant(new) == _meant(text.encode())
    assert format_file("a.md", new, PivotHeader) == new
    for word in ("# own", "# far", "# tail", "# note", "# last"):
        assert new.decode().count(word) == text.count(word)


def _meant(data: bytes) -> object:
    document = frontmatter.split("a.md", data)
    if isinstance(document, Problem):
        return document
    html = MarkdownPage("a.md", document.text).render_blocks(document.body, 1).html
    return {name: _plain(field.value) for name, field in document.fields.items()}, html


def _plain(node: object) -> object:
    value = node.value  # type: ignore[attr-defined]
    if isinstance(value, str):
        return value
    if value and isinstance(value[0], tuple):
        return {key.value: _plain(one) for key, one in value}
    return [_plain(one) for one in value]


def test_the_command_tidies_the_site_and_leaves_what_it_cannot_read(world: World) -> None:
    world.write("content/pivots/a-to-b.md", UNTIDY)
    good = world.pivot("Chef", "Nurse")
    world.write("content/roles/chef.md", "---\nname: 'Chef\n---\n")
    checked = world.run("fmt", "--check")
    assert (checked.returncode, checked.stdout) == (1, "content/pivots/a-to-b.md\n")
    assert "content/roles/chef.md:2:7: error[yaml-syntax]" in checked.stderr
    shown = world.run("fmt", "--diff", str(world.folder / good))
    assert (shown.returncode, shown.stdout) == (0, "")
    assert (world.folder / "content/pivots/a-to-b.md").read_text("utf-8") == UNTIDY
    done = world.run("fmt")
    assert done.returncode == 1
    assert (world.folder / "content/pivots/a-to-b.md").read_text("utf-8") == TIDY
    assert (world.folder / "content/roles/chef.md").read_text() == "---\nname: 'Chef\n---\n"
    (world.folder / "content/roles/chef.md").unlink()
    assert world.run("fmt", "--check").returncode == 0


def test_a_file_that_is_not_of_the_site_is_wrong_usage(world: World, tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text(PIVOT)
    result = world.run("fmt", str(tmp_path / "notes.md"))
    assert result.returncode == 2
    assert "neither a pivot nor a role" in result.stderr


def test_the_content_of_this_site_is_tidy() -> None:
    assert format_files(Places(ROOT)) == ([], []), "run `pivotgen fmt`"


@pytest.mark.parametrize(
    "entry",
    [
        "extra:\n  - - a\n    -   b",
        "extra:\n  ? [a]\n  :   b",
        "extra:\n  a  b:   c",
        "extra:\n  a:   'b\n\n    c'",
        "extra:\n  a:   [b,\n    c]",
        "extra:\n  a:   {b: c,\n    d: e}",
        "extra:\n  a:   |1\n   b\n  c:   d",
    ],
)
def test_an_entry_of_an_unusual_form_stays_as_typed_and_the_others_are_formatted(
    entry: str,
) -> None:
    text = f"---\ntitle:   A\n{entry}\nfrom:   B\n---\nText.\n"
    formatted = _tidied(text)
    assert "\ntitle: A\n" in formatted
    assert "\nfrom: B\n" in formatted
    if "[b," not in entry:
        assert f"\n{entry}\n" in formatted
    assert _tidied(formatted) == formatted


def test_a_long_folded_text_keeps_its_paragraphs() -> None:
    words = " ".join(f"word{number}" for number in range(30))
    text = f"---\ndescription: >-\n  {words}\n\n\n  {words}\n---\nText.\n"
    lines = _tidied(text).split("\n")
    assert max(map(len, lines)) < len(words)
    assert [line for line in lines if not line][:2] == ["", ""]
    before, after = (
        frontmatter.split("a.md", text.encode()),
        frontmatter.split("a.md", "\n".join(lines).encode()),
    )
    assert not isinstance(before, Problem)
    assert not isinstance(after, Problem)
    assert before.fields["description"].value.value == after.fields["description"].value.value
