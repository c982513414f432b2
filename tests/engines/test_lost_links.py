"""Text that was meant as a link is told at its place, with its fix where only one is possible."""

from __future__ import annotations

import pytest

from pivotgen.edits.apply import apply_edits
from pivotgen.engines.markdown.page import MarkdownPage
from pivotgen.model.problem import Problem
from tests.world.parsed import marked


def problems_in(text: str) -> list[Problem]:
    page = MarkdownPage("a.md", text)
    page.render_blocks(text, 1)
    return page.contents.problems


LOST = [
    ("See §[the form](the form.md).", "See [the form](<the form.md>)."),
    ("§![a](/assets/a b.png 'c')", None),
    ('§[a](b c.md "The b") and §[d](e f.md).', '[a](<b c.md> "The b") and [d](<e f.md>).'),
    ("One line,\nthen §[a](b c.md).", "One line,\nthen [a](<b c.md>)."),
    ("> A quote: §[a](b c.md)", "> A quote: [a](<b c.md>)"),
    ("| a |\n|---|\n| §[b](c d.md) |", "| a |\n|---|\n| [b](<c d.md>) |"),
    ("- §[a](b c.md)\n- [a](b.md)", "- [a](<b c.md>)\n- [a](b.md)"),
    ("## §[A](b c.md)", "## [A](<b c.md>)"),
    ("`[a](b c.md)` and §[a](b c.md)", "`[a](b c.md)` and [a](<b c.md>)"),
    ("See §[the board] (https://a.org/b).", "See [the board](https://a.org/b)."),
    ("§[a]  (b.md#c), §![d] (/assets/e.png), [sic] (as he said)", None),
    ("§[About us] (/about/) or §[below] (#fees)", "[About us](/about/) or [below](#fees)"),
    ("§(the board)[https://a.org]", "[the board](https://a.org)"),
    ("f(x)[0], (a)[b], [he] (she) and a[i][j]", None),
    ("§[a](b.md", None),
    ("§[a](b.md\nand so on).", None),
    ("§[a](b(c.md)", None),
    ("§[a](<b.md)", None),
    ('§[a](b.md "c)', None),
    ("§[**a** b](c d.md)", None),
    ("§[[Data Analyst]] and §![[dough.png|200]]", None),
    ("See §[the source][bls].\n\n[bis]: https://a.org", None),
    ("§[bls][] and §![a][b]", None),
    ("Fees rose.§[^fees] And rose.§[^2]\n\n[^1]: No.\n\n[^1]: Yes.", None),
]


@pytest.mark.parametrize(("text", "fixed"), LOST)
def test_a_lost_link_is_told_at_its_place_and_nothing_else_is(text: str, fixed: str | None) -> None:
    text, places = marked(text)
    problems = problems_in(text)
    assert {problem.code for problem in problems} <= {"lost-link", "undefined-reference"}
    assert sorted((problem.line, problem.column) for problem in problems) == places
    edits = sorted(edit for problem in problems for edit in problem.edits)
    if fixed is not None:
        assert apply_edits(text.encode(), edits).decode() == fixed
        assert problems_in(fixed) == []


@pytest.mark.parametrize(
    "text",
    [
        "`[[a]]`, ``[a](b c.md)`` and `[a][b]`",
        "```\n[[a]]\n[a](b c.md)\n```",
        "    [a](b c.md) [^1]",
        "\\[a](b c.md), \\[\\[a]], [a\\](b c.md), [a]\\(b c.md), \\[a] (b.md), \\[^1], \\[a]\\[b]",
        "&#91;a](b c.md)",
        "[a](<b c.md>), [a](b%20c.md), [a](b.md 'c d'), [a](b.md (c d)), [a\nb](c.md)",
        "[a][b], [b][], [b] and ![c][b]\n\n[b]: https://a.org",
        "[1] and [sic], [2] (2024), [ ] (none), [[]], x[0][1], (see [3])",
        "A note.[^1]\n\n[^1]: See [a](https://a.org).",
    ],
)
def test_links_code_escapes_and_brackets_that_are_only_text_are_left_alone(text: str) -> None:
    assert problems_in(text) == []


TARGETS = ["[a](§)", "[a](§#)", "![a](§)", "[a](<§>)", "[b](c.md) and [a](§)", "> [a](§)"]


@pytest.mark.parametrize("text", TARGETS)
def test_a_link_or_an_image_without_a_target_is_told(text: str) -> None:
    text, places = marked(text)
    [problem] = problems_in(text)
    assert problem.code == "missing-target"
    assert [(problem.line, problem.column)] == places


@pytest.mark.parametrize("text", ["\\<b>", "&lt;i&gt;", "`<b>`", "\\<!-- a -->", "a \\</b> c"])
def test_escaped_html_is_text(text: str) -> None:
    page = MarkdownPage("a.md", text)
    html = page.render_blocks(text, 1).html
    assert page.contents.problems == []
    assert "&lt;" in html


@pytest.mark.parametrize("text", ["A §<b>.", "`<b>` and §<b>", "\\<b> or §<i>", "§</p> {{< a >}}"])
def test_html_beside_code_and_escapes_is_told_at_its_own_place(text: str) -> None:
    text, places = marked(text)
    [problem] = problems_in(text)
    assert problem.code == "raw-html"
    assert [(problem.line, problem.column)] == places


@pytest.mark.parametrize("code", ["`[a](x.md)`", "``[a](x.md) ` b``", "`[a](x.md)\n[b](x.md)`"])
def test_a_link_beside_code_that_looks_like_it_has_its_own_place(code: str) -> None:
    text = f"See {code} and [c](x.md)."
    page = MarkdownPage("p.md", text)
    page.render_blocks(text, 1)
    [link] = page.contents.links
    line = text.split("\n")[link.line - 1]
    assert line[link.column - 1 :] == "x.md)."


def test_each_of_several_links_to_one_target_has_its_own_place() -> None:
    page = MarkdownPage("p.md", "[a](x.md), [b](x.md) and [c](x.md)\n")
    page.render_blocks("[a](x.md), [b](x.md) and [c](x.md)", 1)
    assert [link.column for link in page.contents.links] == [5, 16, 30]
